import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { BadInputError, Database, Handles, Hints } from '@assent/platform';
import { inclusionPath } from '../domain/merkle-tree.js';
import { ConsentLogStore } from '../persistence/consent-log.store.js';
import { PolicyStore } from '../persistence/policy.store.js';
import type { SealedEvent } from '../persistence/sealed-event.js';
import { type ReceiptProof, WriteReceipt } from './write-receipt.js';

/** A worker takes about a second from an event to the checkpoint that covers it. */
const PATIENCE_MS = 2_000;
/** Hints wake us at once; this is for those that are lost. */
const POLL_MS = 250;

/** A receipt as it is handed out. */
export interface IssuedReceipt {
  sequence: number;
  leafIndex: number;
  /** Signed JSON. */
  document: string;
}

/** The event is in the ledger, but no checkpoint covers it yet. */
export interface NotCovered {
  retryAt: Date;
}

/** Makes the signed receipt of an event of a person's ledger. */
@Injectable()
export class IssueReceipt {
  constructor(
    private readonly database: Database,
    private readonly store: ConsentLogStore,
    private readonly policies: PolicyStore,
    private readonly write: WriteReceipt,
    private readonly handles: Handles,
    private readonly hints: Hints,
  ) {}

  /**
   * Waits up to 2 s for the log to cover an event that has just happened; no connection is held meanwhile.
   * @param handle the id of the event as the person knows it
   * @throws BadInputError where the person has no such event
   */
  async execute(viewer: PersonViewer, handle: string): Promise<IssuedReceipt | NotCovered> {
    const id = this.handles.open(`person:${viewer.personId}`, 'evt', handle);
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      // Listening begins before looking: a checkpoint that is signed in between still wakes us.
      const looked = new AbortController();
      const signed = this.hints.next('consent-log', POLL_MS, looked.signal);
      try {
        const { event, proof, now } = await this.find(viewer, id);
        if (proof) return await this.issue(event, proof);
        if (performance.now() >= deadline || this.hints.closed) {
          return { retryAt: new Date(now.getTime() + PATIENCE_MS) };
        }
        await signed;
      } finally {
        looked.abort();
      }
    }
  }

  private async find(viewer: PersonViewer, id: string | undefined) {
    const { personId } = viewer;
    return this.database.transaction({ role: 'person', personId }, async (tx) => {
      const [found, newest, country, now] = await Promise.all([
        id === undefined ? undefined : this.store.event(tx, viewer, id),
        this.store.newest(tx),
        this.policies.countryOf(tx, viewer),
        tx.now(),
      ]);
      if (!found) {
        throw new BadInputError([
          { field: 'consentReceipt.eventId', rule: 'must be the id of an entry of your consent ledger' },
        ]);
      }
      const { event, leaf } = found;
      if (leaf === null || !newest || newest.size <= leaf) return { event, proof: undefined, now };
      const [hashes, policy] = await Promise.all([
        this.store.hashes(tx, inclusionPath(leaf, newest.size)),
        this.policies.byVersion(tx, event.policyVersion),
      ]);
      const proof: ReceiptProof = {
        policy: policy.forCountry(country),
        leaf,
        hashes,
        checkpoint: newest.note,
      };
      return { event, proof, now };
    });
  }

  private async issue(event: SealedEvent, proof: ReceiptProof): Promise<IssuedReceipt> {
    const [receipt] = await this.write.execute([{ event, proof }]);
    return { sequence: event.seq, leafIndex: proof.leaf, document: JSON.stringify(receipt, null, 2) };
  }
}
