import { Injectable } from '@nestjs/common';
import type { AdminViewer } from '@assent/accounts';
import { Database, Hints, parseInput, parsePublicId } from '@assent/platform';
import { z } from 'zod';
import { ParkedStore } from '../persistence/parked.store.js';

const COUNT_RULE = 'must hold 1 to 100 ids';
const ID_RULE = 'must be the id of a parked conversation';

const schema = z.object({
  ids: z.array(z.string().max(60, ID_RULE)).min(1, COUNT_RULE).max(100, COUNT_RULE),
});

/** What became of one conversation that was to go on. */
export interface RetryAnswer {
  id: string;
  outcome: 'RETRIED' | 'WAS_RETRIED' | 'UNKNOWN';
}

/** Lets parked conversations go on: they are tried like new ones, and parked again where they fail as often again. */
@Injectable()
export class RetryParked {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
    private readonly store: ParkedStore,
  ) {}

  /** 1 to 100 in one transaction, answered in order. @throws BadInputError */
  async execute({ adminId }: AdminViewer, input: z.input<typeof schema>): Promise<RetryAnswer[]> {
    const { ids } = parseInput(schema, input);
    const known = ids.map((id) => parsePublicId('prk', id));
    const asked = [...new Set(known.filter((id) => id !== undefined))];
    const [retried, before] = await this.database.transaction({ role: 'admin' }, async (tx) => {
      const retried = await this.store.retry(tx, asked, adminId);
      if (retried.length > 0) tx.afterCommit(() => this.hints.send(['queue']));
      return [new Set(retried), new Set(await this.store.retried(tx, asked))];
    });
    return ids.map((id, at) => {
      const one = known[at];
      if (one === undefined || !before.has(one)) return { id, outcome: 'UNKNOWN' };
      return { id, outcome: retried.has(one) ? 'RETRIED' : 'WAS_RETRIED' };
    });
  }
}
