import { Injectable } from '@nestjs/common';
import { BusinessProfiles } from '@assent/accounts';
import {
  Database,
  type ExportRecord,
  inPages,
  type Json,
  type PersonExport,
  type PersonKey,
  publicId,
  type Transaction,
} from '@assent/platform';
import { canonicalRecord } from '../domain/consent-event.js';
import { type Checkpoint, inclusionPath } from '@assent/ledger';
import { ConsentLogStore, type LoggedEvent } from '../persistence/consent-log.store.js';
import { ConsentStore, type StandingConsent } from '../persistence/consent.store.js';
import { NoticeStore, type StoredNotice } from '../persistence/notice.store.js';
import { PolicyStore } from '../persistence/policy.store.js';
import { WriteReceipt } from './write-receipt.js';

const PAGE = 500;
/** Receipts are files of their own, to be handed to others one by one; the ledger beside them is always whole. */
const MOST_RECEIPTS = 10_000;

/** What a person allowed and stopped, their whole ledger with its receipts, and their notices, for that person's own copy. */
@Injectable()
export class ConsentExport implements PersonExport {
  constructor(
    private readonly database: Database,
    private readonly consents: ConsentStore,
    private readonly log: ConsentLogStore,
    private readonly policies: PolicyStore,
    private readonly notices: NoticeStore,
    private readonly receipt: WriteReceipt,
    private readonly profiles: BusinessProfiles,
  ) {}

  async estimate(person: PersonKey): Promise<number> {
    return 2 * (await this.as(person, (tx) => this.log.countEvents(tx, person)));
  }

  async *export(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    yield* this.standing(person);
    let newest = 0;
    for await (const { event, leaf } of this.events(person, 0)) {
      newest = event.seq;
      yield { file: 'consent-ledger.jsonl', row: ledgerRow({ event, leaf }) };
    }
    yield* this.receipts(person, newest);
    yield* this.told(person);
  }

  private async *standing(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    const standing = inPages<StandingConsent & { name: string | null }>(PAGE, async (last, limit) => {
      const page = await this.as(person, (tx) => this.consents.standing(tx, person, last?.id ?? null, limit));
      const profiles = await this.profiles.byIds(
        page.flatMap(({ businessId }) => (businessId ? [businessId] : [])),
      );
      return page.map((consent) => {
        return { ...consent, name: profiles.get(consent.businessId ?? '')?.displayName ?? null };
      });
    });
    for await (const { businessId, name, subject, standing: stands, since } of standing) {
      yield {
        file: 'consents.jsonl',
        row: {
          business: businessId && publicId('biz', businessId),
          businessName: name,
          subject,
          standing: stands,
          since: since.toISOString(),
        },
      };
    }
  }

  /** What the platform told the person in their app. */
  private async *told(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    const notices = inPages<StoredNotice>(PAGE, (last, limit) =>
      this.as(person, (tx) => this.notices.after(tx, person, null, last?.seq ?? 0, limit)),
    );
    for await (const { kind, businessId, purpose, data, createdAt, readAt } of notices) {
      yield {
        file: 'notices.jsonl',
        row: {
          kind,
          business: businessId && publicId('biz', businessId),
          purpose,
          data,
          createdAt: createdAt.toISOString(),
          readAt: readAt?.toISOString() ?? null,
        },
      };
    }
  }

  /** Receipts of the newest events up to one, as far as the log covers them now; all of them lead to one checkpoint. */
  private async *receipts(person: PersonKey, upTo: number): AsyncGenerator<ExportRecord, void, undefined> {
    const checkpoint = await this.as(person, (tx) => this.log.newest(tx));
    if (!checkpoint) return;
    const receipts = inPages<{ seq: number; row: Record<string, Json> | undefined }>(PAGE, (last, limit) =>
      this.receiptPage(person, checkpoint, last?.seq ?? Math.max(0, upTo - MOST_RECEIPTS), limit),
    );
    for await (const { seq, row } of receipts) {
      if (seq > upTo) return;
      if (row) yield { file: `receipts/${String(seq).padStart(6, '0')}.json`, row };
    }
  }

  private async receiptPage(person: PersonKey, { size, note }: Checkpoint, after: number, limit: number) {
    const { events, covered } = await this.as(person, async (tx) => {
      const [page, country] = await Promise.all([
        this.log.eventsAfter(tx, person, after, limit),
        this.policies.countryOf(tx, person),
      ]);
      const leaves = page.flatMap(({ event, leaf }) =>
        leaf === null || leaf >= size ? [] : [{ event, leaf, path: inclusionPath(leaf, size) }],
      );
      const versions = [...new Set(leaves.map(({ event }) => event.policyVersion))];
      const [hashes, policies] = await Promise.all([
        this.log.hashes(
          tx,
          leaves.flatMap(({ path }) => path),
        ),
        Promise.all(versions.map((version) => this.policies.byVersion(tx, version))),
      ]);
      const policyOf = new Map(policies.map((policy) => [policy.version, policy.forCountry(country)]));
      return {
        events: page,
        covered: leaves.map(({ event, leaf, path }) => {
          const policy = policyOf.get(event.policyVersion);
          if (!policy) throw new Error('A version of the consent policy is missing');
          return { event, proof: { policy, leaf, hashes: hashes.splice(0, path.length), checkpoint: note } };
        }),
      };
    });
    const written = await this.receipt.execute(covered);
    const rows = new Map(covered.map(({ event }, at) => [event.seq, written[at]]));
    return events.map(({ event: { seq } }) => ({ seq, row: rows.get(seq) }));
  }

  private events(person: PersonKey, after: number): AsyncGenerator<LoggedEvent, void, undefined> {
    return inPages<LoggedEvent>(PAGE, (last, limit) =>
      this.as(person, (tx) => this.log.eventsAfter(tx, person, last?.event.seq ?? after, limit)),
    );
  }

  private as<Result>({ personId }: PersonKey, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'person', personId }, work);
  }
}

/** An event with all that its hashes are made of. The record is as it was hashed, names in their order. */
function ledgerRow({ event, leaf }: LoggedEvent): Record<string, Json> {
  return {
    record: JSON.parse(canonicalRecord(event)) as Json,
    salt: event.salt.toString('base64'),
    previousHash: event.previousHash?.toString('base64') ?? null,
    hash: event.hash.toString('base64'),
    leafIndex: leaf,
  };
}
