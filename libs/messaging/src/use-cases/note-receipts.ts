import { Injectable } from '@nestjs/common';
import { Database, Hints, LOOK_UPS, parseInput } from '@assent/platform';
import { z } from 'zod';
import { CarrierReferenceStore } from '../persistence/carrier-reference.store.js';

const REFERENCE = 'must have 1 to 255 visible characters of ASCII';
const schema = z.object({
  reference: z.string(REFERENCE).regex(/^[\x21-\x7e]{1,255}$/, REFERENCE),
  status: z.enum(['DELIVERED', 'FAILED'], 'must be DELIVERED or FAILED'),
});

/** A carrier says what became of something it took. */
@Injectable()
export class NoteReceipts {
  constructor(
    private readonly database: Database,
    private readonly references: CarrierReferenceStore,
    private readonly hints: Hints,
  ) {}

  /**
   * When it returns, the receipt is noted, also one that comes before the answer that it belongs to; again it changes nothing.
   * @param carrier its name, by which its references are told from those of others
   * @throws BadInputError
   */
  async execute(carrier: string, body: unknown): Promise<void> {
    const receipt = parseInput(schema, body, 'body');
    const told = await this.database.transaction(LOOK_UPS, async (tx) => {
      const message = await this.references.receive(tx, carrier, receipt);
      return message ? this.references.settle(tx, [message]) : [];
    });
    this.hints.send(told.map((businessId) => `business:${businessId}` as const));
  }
}
