import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { Database } from '@assent/platform';
import { APP, type ConsentAction, type ConsentRecord } from '../domain/consent-event.js';
import type { ConsentScope } from '../domain/consent-fact.js';
import { ReadScope } from './read-scope.js';
import { RecordConsent } from './record-consent.js';
import { RecordStop } from './record-stop.js';

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
    private readonly stops: RecordStop,
    private readonly record: RecordConsent,
  ) {}

  /** Stops a purpose, a business, a purpose of a business, or everything. When it returns, the stop holds. */
  async stop(viewer: PersonViewer, input: ScopeInput): Promise<ConsentRecord> {
    return (await this.stops.execute(viewer, await this.scopes.execute(input), APP)).record;
  }

  /** Several stops: when it returns, all of them hold; should it fail, none does. */
  async stopAll(viewer: PersonViewer, input: { scopes: ScopeInput[] }): Promise<ConsentRecord[]> {
    const stops = await this.stops.all(viewer, await this.scopes.all(input), APP);
    return stops.map(({ record }) => record);
  }

  /** Stops all of a business and says so; else the same as stopping it. */
  async block(viewer: PersonViewer, input: { business: string }): Promise<ConsentRecord> {
    const scope = await this.scopes.execute({ business: input.business });
    return (await this.stops.execute(viewer, { action: 'BLOCK', ...scope }, APP)).record;
  }

  /** Lifts the stop of this very scope; with a purpose it is also the opt-in to that purpose. */
  async allow(viewer: PersonViewer, input: ScopeInput): Promise<ConsentRecord> {
    return this.atOnce(viewer, 'ALLOW', await this.scopes.execute(input));
  }

  /** Lifts a block. */
  async unblock(viewer: PersonViewer, input: { business: string }): Promise<ConsentRecord> {
    return this.atOnce(viewer, 'UNBLOCK', await this.scopes.execute({ business: input.business }));
  }

  private async atOnce(
    viewer: PersonViewer,
    action: ConsentAction,
    scope: ConsentScope,
  ): Promise<ConsentRecord> {
    const change = { action, ...scope, actor: 'PERSON', source: APP, evidence: null } as const;
    return this.database.transaction({ role: 'person', personId: viewer.personId }, async (tx) => {
      const recorded = (await this.record.execute(tx, viewer, [change]))?.at(-1);
      if (!recorded) throw new Error('A change was not recorded');
      return recorded;
    });
  }
}
