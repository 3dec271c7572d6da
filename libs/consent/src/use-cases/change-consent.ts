import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { Database } from '@assent/platform';
import { type ConsentAction, type ConsentRecord, standingAfter } from '../domain/consent-event.js';
import type { ConsentScope } from '../domain/consent-fact.js';
import { ConsentLedger } from '../persistence/consent-ledger.js';
import { StopIntentStore } from '../persistence/stop-intent.store.js';
import { ReadScope } from './read-scope.js';
import { RecordConsent } from './record-consent.js';

/** The person's own app. */
const SOURCE = 'app';

interface ScopeInput {
  business?: string | null;
  purpose?: string | null;
}

/** A person stops, allows, blocks and unblocks. */
@Injectable()
export class ChangeConsent {
  constructor(
    private readonly database: Database,
    private readonly scopes: ReadScope,
    private readonly ledger: ConsentLedger,
    private readonly intents: StopIntentStore,
    private readonly record: RecordConsent,
  ) {}

  /** Stops a purpose, a business, a purpose of a business, or everything. When it returns, the stop holds. */
  async stop(viewer: PersonViewer, input: ScopeInput): Promise<ConsentRecord> {
    return this.inTwoSteps(viewer, 'STOP', await this.scopes.execute(input));
  }

  /** Stops all of a business and says so; else the same as stopping it. */
  async block(viewer: PersonViewer, input: { business: string }): Promise<ConsentRecord> {
    return this.inTwoSteps(viewer, 'BLOCK', await this.scopes.execute({ business: input.business }));
  }

  /** Lifts the stop of this very scope; with a purpose it is also the opt-in to that purpose. */
  async allow(viewer: PersonViewer, input: ScopeInput): Promise<ConsentRecord> {
    return this.atOnce(viewer, 'ALLOW', await this.scopes.execute(input));
  }

  /** Lifts a block. */
  async unblock(viewer: PersonViewer, input: { business: string }): Promise<ConsentRecord> {
    return this.atOnce(viewer, 'UNBLOCK', await this.scopes.execute({ business: input.business }));
  }

  /**
   * The intent commits first, without waiting for any lock: from then on every decision refuses, so the second
   * transaction waits for the person's guard only as long as those already under way. Its commit is the stop. Should
   * this process die between the two, CompleteStops does the second.
   */
  private async inTwoSteps(
    viewer: PersonViewer,
    action: 'STOP' | 'BLOCK',
    scope: ConsentScope,
  ): Promise<ConsentRecord> {
    const { businessId, subject } = standingAfter({ action, ...scope });
    const as = { role: 'person', personId: viewer.personId } as const;
    const intent = { businessId, subject, source: SOURCE };
    const id = await this.database.transaction(as, (tx) => this.intents.add(tx, viewer, intent));
    return this.database.transaction(as, async (tx) => {
      const recorded = await this.record.execute(tx, viewer, []);
      // Whoever had the guard before may have finished this stop as well.
      const stop = recorded?.find((record) => record.id === id) ?? (await this.ledger.event(tx, viewer, id));
      if (!stop) throw new Error('A stop was not recorded');
      return stop;
    });
  }

  private async atOnce(
    viewer: PersonViewer,
    action: ConsentAction,
    scope: ConsentScope,
  ): Promise<ConsentRecord> {
    const change = { action, ...scope, actor: 'PERSON', source: SOURCE } as const;
    return this.database.transaction({ role: 'person', personId: viewer.personId }, async (tx) => {
      const recorded = (await this.record.execute(tx, viewer, [change]))?.at(-1);
      if (!recorded) throw new Error('A change was not recorded');
      return recorded;
    });
  }
}
