import { Injectable } from '@nestjs/common';
import { Database, Hints, type PersonKey, type Scope } from '@assent/platform';
import { inclusionPath } from '@assent/ledger';
import { ConsentLogStore } from '../persistence/consent-log.store.js';
import { PolicyStore } from '../persistence/policy.store.js';
import type { SealedEvent } from '../persistence/sealed-event.js';
import type { ReceiptProof } from './write-receipt.js';

/** A worker takes about a second from an event to the checkpoint that covers it. */
const PATIENCE_MS = 2_000;
/** Hints wake us at once; this is for those that are lost. */
const POLL_MS = 250;

/** An event of the ledger, and what proves that it is in the log. */
export interface ProvenEvent {
  event: SealedEvent;
  proof: ReceiptProof;
}

/** The event is in the ledger, but no checkpoint covers it yet. */
export interface NotCovered {
  retryAt: Date;
}

/** Finds an event of a person with the proof that a receipt needs. */
@Injectable()
export class ProveEvent {
  constructor(
    private readonly database: Database,
    private readonly store: ConsentLogStore,
    private readonly policies: PolicyStore,
    private readonly hints: Hints,
  ) {}

  /**
   * Waits up to 2 s for the log to cover an event that has just happened; no connection is held meanwhile.
   * @param scope as the person, or as the engine
   * @returns undefined where the person has no such event, or `counts` says that it is not meant
   */
  async execute(
    scope: Scope,
    person: PersonKey,
    id: string,
    counts: (event: SealedEvent) => boolean = () => true,
  ): Promise<ProvenEvent | NotCovered | undefined> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      // Listening begins before looking: a checkpoint that is signed in between still wakes us.
      const looked = new AbortController();
      const signed = this.hints.next('consent-log', POLL_MS, looked.signal);
      try {
        const { event, proof, now } = await this.find(scope, person, id);
        if (!event || !counts(event)) return undefined;
        if (proof) return { event, proof };
        if (performance.now() >= deadline || this.hints.closed) {
          return { retryAt: new Date(now.getTime() + PATIENCE_MS) };
        }
        await signed;
      } finally {
        looked.abort();
      }
    }
  }

  private async find(scope: Scope, person: PersonKey, id: string) {
    return this.database.transaction(scope, async (tx) => {
      const [found, newest, country, now] = await Promise.all([
        this.store.event(tx, person, id),
        this.store.newest(tx),
        this.policies.countryOf(tx, person),
        tx.now(),
      ]);
      if (!found) return { event: undefined, proof: undefined, now };
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
}
