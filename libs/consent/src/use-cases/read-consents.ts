import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { badCursor, Database, Handles, pageSchema, parseInput } from '@assent/platform';
import { ConsentLedger } from '../persistence/consent-ledger.js';
import { ConsentStore, type StandingConsent } from '../persistence/consent.store.js';
import type { LedgerEntry } from '../persistence/sealed-event.js';

export type { LedgerEntry, StandingConsent };

interface PageInput {
  first: number;
  after?: string | null;
}

/** A person reads what stands and what happened. Pages hold one more than `first` where there are more. */
@Injectable()
export class ReadConsents {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly store: ConsentStore,
    private readonly ledger: ConsentLedger,
  ) {}

  /** All that stands, newest first. @throws BadInputError */
  async standing(viewer: PersonViewer, page: PageInput): Promise<{ first: number; rows: StandingConsent[] }> {
    const { first, after } = parseInput(pageSchema, page, 'consents');
    const before = after ? this.handles.open(`person:${viewer.personId}`, 'evt', after) : null;
    if (before === undefined) throw badCursor('consents');
    const rows = await this.as(viewer, (tx) => this.store.standing(tx, viewer, before, first + 1));
    return { first, rows };
  }

  /** All that happened, newest first. @throws BadInputError */
  async history(viewer: PersonViewer, page: PageInput): Promise<{ first: number; rows: LedgerEntry[] }> {
    const { first, after } = parseInput(pageSchema, page, 'consentHistory');
    if (after && !/^\d{1,15}$/.test(after)) throw badCursor('consentHistory');
    const before = after ? Number(after) : null;
    const rows = await this.as(viewer, (tx) => this.ledger.history(tx, viewer, before, first + 1));
    return { first, rows };
  }

  private as<Result>(
    { personId }: PersonViewer,
    work: Parameters<typeof this.database.transaction<Result>>[1],
  ) {
    return this.database.transaction({ role: 'person', personId }, work);
  }
}
