import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { BadInputError, Handles } from '@assent/platform';
import { type NotCovered, ProveEvent } from './prove-event.js';
import { WriteReceipt } from './write-receipt.js';

/** A receipt as it is handed out. */
export interface IssuedReceipt {
  sequence: number;
  leafIndex: number;
  /** Signed JSON. */
  document: string;
}

/** Makes the signed receipt of an event of a person's ledger. */
@Injectable()
export class IssueReceipt {
  constructor(
    private readonly prove: ProveEvent,
    private readonly write: WriteReceipt,
    private readonly handles: Handles,
  ) {}

  /**
   * Waits up to 2 s for the log to cover an event that has just happened.
   * @param handle the id of the event as the person knows it
   * @throws BadInputError where the person has no such event
   */
  async execute(viewer: PersonViewer, handle: string): Promise<IssuedReceipt | NotCovered> {
    const { personId } = viewer;
    const id = this.handles.open(`person:${personId}`, 'evt', handle);
    const proven = id && (await this.prove.execute({ role: 'person', personId }, viewer, id));
    if (!proven) {
      throw new BadInputError([
        { field: 'consentReceipt.eventId', rule: 'must be the id of an entry of your consent ledger' },
      ]);
    }
    if ('retryAt' in proven) return proven;
    const [receipt] = await this.write.execute([proven]);
    return {
      sequence: proven.event.seq,
      leafIndex: proven.proof.leaf,
      document: JSON.stringify(receipt, null, 2),
    };
  }
}
