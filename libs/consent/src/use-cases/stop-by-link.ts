import { Injectable } from '@nestjs/common';
import { BusinessProfiles, type Profile } from '@assent/accounts';
import { Database } from '@assent/platform';
import { standingAfter } from '../domain/consent-event.js';
import type { Purpose } from '../domain/purpose.js';
import { ConsentLedger } from '../persistence/consent-ledger.js';
import { ConsentStore } from '../persistence/consent.store.js';
import { RecordStop } from './record-stop.js';
import { type StopLink, StopLinks } from './stop-links.js';

/** A stop must go on working for as long as anybody is likely to press it in an old message. */
const VALID_MS = 400 * 86_400_000;

/** What a link would stop, or has stopped, for its page. */
export interface LinkedStop {
  /** Null: every business. Undefined: one that is no longer there. */
  business: Profile | null | undefined;
  purpose: Purpose | null;
}

/** A person stops by a link, without a login. */
@Injectable()
export class StopByLink {
  constructor(
    private readonly database: Database,
    private readonly links: StopLinks,
    private readonly profiles: BusinessProfiles,
    private readonly ledger: ConsentLedger,
    private readonly consents: ConsentStore,
    private readonly stops: RecordStop,
  ) {}

  /** What a link would stop; it stops nothing. Undefined: made by nobody here, or older than 400 days. */
  async look(token: string): Promise<LinkedStop | undefined> {
    const link = await this.valid(token);
    return link && this.describe(link);
  }

  /**
   * Stops what a link says; when it returns, the stop holds. Nothing is done where the very same stands, or where the
   * person was erased, and the answer does not say so: a link tells nothing of its person, not even that there is one.
   */
  async execute(token: string): Promise<LinkedStop | undefined> {
    const link = await this.valid(token);
    if (!link) return undefined;
    const { person, scope } = link;
    const { businessId, subject } = standingAfter({ action: 'STOP', ...scope });
    const [there, word] = await this.database.transaction(
      { role: 'person', personId: person.personId },
      (tx) =>
        Promise.all([
          this.ledger.exists(tx, person),
          this.consents.lastWord(tx, person, businessId, subject),
        ]),
    );
    if (there && word?.standing !== 'STOPPED') await this.stops.execute(person, scope, 'link');
    return this.describe(link);
  }

  private async valid(token: string): Promise<StopLink | undefined> {
    const link = this.links.read(token);
    if (!link) return undefined;
    const now = await this.database.transaction({ role: 'gate' }, (tx) => tx.now());
    return now.getTime() - link.issuedAt.getTime() < VALID_MS ? link : undefined;
  }

  private async describe({ scope: { businessId, purpose } }: StopLink): Promise<LinkedStop> {
    if (businessId === null) return { business: null, purpose };
    return { business: (await this.profiles.byIds([businessId])).get(businessId), purpose };
  }
}
