import { Injectable } from '@nestjs/common';
import { type LimitOverridesColumn, selectLimitOverrides, toLimitOverrides } from '@assent/accounts';
import {
  type ConsentFact,
  type ConsentFacts,
  type PolicyInForce,
  PolicyStore,
  selectSaid,
} from '@assent/consent';
import { placesOf, REACH_TIERS, type ReachTier } from '@assent/limits';
import type { Reason } from '../domain/reasons.js';
import { Configuration, laneOf, type Statement, type Transaction } from '@assent/platform';
import type {
  Answer,
  AskedMessage,
  BatchFacts,
  Deferral,
  Earlier,
  SendingBusiness,
  SendingContact,
} from '../domain/plan.js';
import {
  marketingLimits,
  type MarketingRow,
  type PersonRow,
  PREFERENCES,
  selectInterrupted,
  selectMarketingSeen,
  toMarketing,
  toPersonFacts,
} from './person-facts.js';

/** Most places of one business's reach tier that one batch gives back; a batch that meets more goes round again. */
const MOST_EXPIRED = 1_000;

/** What sending reads, all of it under the guards of the batch's people and businesses. */
@Injectable()
export class SendingStore {
  constructor(
    private readonly configuration: Configuration,
    private readonly policies: PolicyStore,
  ) {}

  /**
   * Locks the guard rows of a batch and loads its facts, in one round trip.
   *
   * Locks: people first, ordered by lane and id, then businesses by id, as every writer does, so that no two batches
   * deadlock. Each statement reads a snapshot of its own (READ COMMITTED), so what is loaded after the locks is what
   * was committed before they were granted: a stop that the lock waited for is seen. Locking and loading in one
   * statement would read as of before the wait.
   */
  async lockAndLoad(tx: Transaction, batch: readonly AskedMessage[]): Promise<BatchFacts> {
    const contacts = contactsOf(batch);
    const businessIds = [...new Set(batch.map(({ businessId }) => businessId))];
    const keyHashes = [...new Set(batch.map(({ keyHash }) => keyHash))].map((hash) =>
      Buffer.from(hash, 'hex'),
    );
    const marketing = batch.some(({ purpose }) => purpose === 'MARKETING');
    const { MARKETING_CAP_DAILY, REACH_TIERS: sizes } = this.configuration.settings;
    for (;;) {
      const [, guards, [expired], contactRows, consentRows, businessRows, inForce, earlierRows] =
        await Promise.all([
          tx.run(lockPeople(contacts)),
          tx.rows<{ business_id: string }>(lockBusinesses(businessIds)),
          tx.rows<{ most: number }>(expireReach(businessIds)),
          tx.rows<ContactRow>(loadContacts(contacts, marketing ? MARKETING_CAP_DAILY : 0)),
          tx.rows<ConsentRow>(loadConsent(contacts)),
          tx.rows<BusinessRow>(loadBusinesses(businessIds, sizes)),
          this.policies.inForce(tx),
          tx.rows<EarlierRow>(loadEarlier(keyHashes)),
        ]);
      if (guards.length < businessIds.length) {
        await tx.run(createGuards(businessIds)); // a business's first message
        continue;
      }
      if ((expired?.most ?? 0) >= MOST_EXPIRED) continue; // more may have fallen out: the count is still too high
      return this.facts(inForce, contactRows, consentRows, businessRows, earlierRows);
    }
  }

  private facts(
    { now, policy }: PolicyInForce,
    contactRows: ContactRow[],
    consentRows: ConsentRow[],
    businessRows: BusinessRow[],
    earlierRows: EarlierRow[],
  ): BatchFacts {
    const contacts = new Map(
      contactRows
        .filter(isReachable)
        .map((row) => [
          row.contact_id,
          toContact(row, { said: [], policy: policy.forCountry(row.country), now }),
        ]),
    );
    const gone = new Set(contactRows.filter((row) => !isReachable(row)).map((row) => row.contact_id));
    for (const { contact_id, business_id, subject, standing, since } of consentRows) {
      contacts.get(contact_id)?.consent.said.push({ businessId: business_id, subject, standing, since });
    }
    const { settings } = this.configuration;
    const { PAIR_INTERVAL_MS: intervalMs, PAIR_BURST: burst } = settings;
    return {
      now,
      pairLimit: { intervalMs, burst },
      marketing: marketingLimits(settings),
      contacts,
      gone,
      businesses: new Map(businessRows.map((row) => [row.business_id, toBusiness(row, settings)])),
      earlier: new Map(earlierRows.map((row) => [row.key_hash.toString('hex'), toEarlier(row)])),
    };
  }
}

interface ContactKeys {
  lanes: number[];
  ids: string[];
  businessIds: string[];
}

type ContactRow = PersonRow &
  MarketingRow & {
    lane: number;
    contact_id: string;
    business_id: string;
    /** Null: the person is gone. */
    person_id: string | null;
    content_salt: Buffer | null;
    last_seq: number | null;
    pair_tat: Date | null;
    reach_taken_at: Date | null;
  };

interface ConsentRow {
  contact_id: string;
  business_id: string | null;
  subject: ConsentFact['subject'];
  standing: ConsentFact['standing'];
  since: Date;
}

interface BusinessRow {
  business_id: string;
  status: SendingBusiness['status'];
  reach_tier: ReachTier;
  reach_used: number;
  oldest_taken_at: Date | null;
  throughput_tat: number | null;
  overrides: LimitOverridesColumn;
}

type EarlierRow = {
  key_hash: Buffer;
  body_hash: Buffer;
  created_at: Date;
  retry_at: Date | null;
} & ({ message_id: null; reason: Reason } | { message_id: string; reason: Reason | null });

/** The contacts that a batch asks for, each once, as parallel columns for unnest. */
function contactsOf(batch: readonly AskedMessage[]): ContactKeys {
  const asked = new Map<string, string>();
  for (const { contactId, businessId } of batch)
    if (contactId !== undefined) asked.set(contactId, businessId);
  const ids = [...asked.keys()];
  return { lanes: ids.map(laneOf), ids, businessIds: [...asked.values()] };
}

const ASKED = `unnest($1::smallint[], $2::uuid[], $3::uuid[]) AS asked (lane, id, business_id)
  JOIN contact c ON c.lane = asked.lane AND c.id = asked.id AND c.business_id = asked.business_id`;

function lockPeople({ lanes, ids, businessIds }: ContactKeys): Statement {
  return {
    name: 'send-lock-people',
    text: `SELECT FROM ${ASKED} JOIN person_guard g ON g.lane = c.lane AND g.person_id = c.person_id
      ORDER BY g.lane, g.person_id FOR NO KEY UPDATE OF g`,
    values: [lanes, ids, businessIds],
  };
}

function lockBusinesses(businessIds: string[]): Statement {
  return {
    name: 'send-lock-businesses',
    text: `SELECT business_id FROM business_guard WHERE business_id = ANY($1::uuid[])
      ORDER BY business_id FOR NO KEY UPDATE`,
    values: [businessIds],
  };
}

function createGuards(businessIds: string[]): Statement {
  return {
    text: `INSERT INTO business_guard (business_id) SELECT id FROM unnest($1::uuid[]) AS id ORDER BY id
      ON CONFLICT DO NOTHING`,
    values: [businessIds],
  };
}

/** Gives back the places that fell out of the window: an index range, so what stays costs nothing. */
function expireReach(businessIds: string[]): Statement {
  return {
    name: 'send-expire-reach',
    text: `WITH fallen AS (
        SELECT place.* FROM unnest($1::uuid[]) AS business (id)
        CROSS JOIN LATERAL (
          SELECT business_id, taken_at, contact_id FROM reach_place
          WHERE business_id = business.id AND taken_at <= (SELECT assent_now()) - interval '24 hours'
          ORDER BY taken_at LIMIT ${MOST_EXPIRED}
        ) place
      ), gone AS (
        DELETE FROM reach_place r USING fallen f
        WHERE r.business_id = f.business_id AND r.taken_at = f.taken_at AND r.contact_id = f.contact_id
        RETURNING r.business_id
      ), counted AS (
        SELECT business_id, count(*)::int AS places FROM gone GROUP BY business_id
      ), given AS (
        UPDATE business_guard g SET reach_used = g.reach_used - counted.places
        FROM counted WHERE g.business_id = counted.business_id
      )
      SELECT coalesce(max(places), 0)::int AS most FROM counted`,
    values: [businessIds],
  };
}

/** With no more of the newest marketing than `cap`. */
function loadContacts({ lanes, ids, businessIds }: ContactKeys, cap: number): Statement {
  return {
    name: 'send-load-contacts',
    text: `SELECT c.lane, c.id AS contact_id, c.business_id, c.person_id, p.country, c.content_salt,
        s.last_seq, s.pair_tat, s.reach_taken_at, s.marketing_seen, s.marketing_unread, ${PREFERENCES},
        ${selectMarketingSeen('c', '$4')} AS marketing_seen_at, ${selectInterrupted('c')} AS interrupted_at
      FROM ${ASKED} LEFT JOIN person p ON p.lane = c.lane AND p.id = c.person_id
      LEFT JOIN contact_state s ON s.lane = c.lane AND s.contact_id = c.id
      LEFT JOIN person_preference pref ON pref.lane = c.lane AND pref.person_id = c.person_id`,
    values: [lanes, ids, businessIds, cap],
  };
}

/** What the people said to these businesses or to the whole platform; a stop under way counts as one. */
function loadConsent({ lanes, ids, businessIds }: ContactKeys): Statement {
  return {
    name: 'send-load-consent',
    text: selectSaid('c.id AS contact_id', ASKED, 'c'),
    values: [lanes, ids, businessIds],
  };
}

/** With the place that has to come free next: not the oldest where a tier was lowered, and more are held than it has. */
function loadBusinesses(businessIds: string[], tierSizes: readonly number[]): Statement {
  return {
    name: 'send-load-businesses',
    text: `SELECT b.id AS business_id, b.status, b.reach_tier, coalesce(g.reach_used, 0) AS reach_used, g.throughput_tat,
        ${selectLimitOverrides('b.id')} AS overrides,
        (SELECT taken_at FROM reach_place r WHERE r.business_id = b.id ORDER BY taken_at
          OFFSET greatest(g.reach_used - coalesce((
            SELECT value FROM limit_override o WHERE o.business_id = b.id AND o.kind = 'REACH_PLACES'
              AND o.ended_at IS NULL AND o.ends_at > (SELECT assent_now())
          ), ($2::int[])[array_position(enum_range(b.reach_tier), b.reach_tier)]), 0) LIMIT 1) AS oldest_taken_at
      FROM business b LEFT JOIN business_guard g ON g.business_id = b.id
      WHERE b.id = ANY($1::uuid[])`,
    values: [businessIds, tierSizes],
  };
}

function loadEarlier(keyHashes: Buffer[]): Statement {
  return {
    name: 'send-load-earlier',
    text: `SELECT key_hash, body_hash, created_at, message_id, reason, retry_at FROM idempotency
      WHERE key_hash = ANY($1::bytea[]) AND created_at > (SELECT assent_now()) - interval '7 days'`,
    values: [keyHashes],
  };
}

type ReachableRow = ContactRow & { person_id: string };

function isReachable(row: ContactRow): row is ReachableRow {
  return row.person_id !== null;
}

function toContact(row: ReachableRow, consent: ConsentFacts): SendingContact {
  return {
    lane: row.lane,
    contactId: row.contact_id,
    businessId: row.business_id,
    personId: row.person_id,
    contentSalt: row.content_salt,
    consent,
    person: toPersonFacts(row),
    marketing: toMarketing(row),
    lastSeq: row.last_seq ?? 0,
    pairTat: row.pair_tat,
    reachTakenAt: row.reach_taken_at,
  };
}

function toBusiness(row: BusinessRow, settings: Configuration['settings']): SendingBusiness {
  const limit = placesOf(row.reach_tier, settings.REACH_TIERS);
  const perSecond = settings.THROUGHPUT_PER_SECOND[REACH_TIERS.indexOf(row.reach_tier)] ?? 1;
  return {
    businessId: row.business_id,
    status: row.status,
    overrides: toLimitOverrides(row.overrides),
    reach: { limit, used: row.reach_used, oldestTakenAt: row.oldest_taken_at },
    throughput: {
      perSecond,
      burst: perSecond * settings.THROUGHPUT_BURST_SECONDS,
      longestWaitMs: settings.THROUGHPUT_LONGEST_WAIT_SECONDS * 1_000,
    },
    throughputTat: row.throughput_tat,
  };
}

function toEarlier(row: EarlierRow): Earlier {
  const answer: Answer =
    row.message_id === null
      ? { accepted: false, reason: row.reason, retryAt: row.retry_at }
      : { accepted: true, messageId: row.message_id, at: row.created_at, deferral: toDeferral(row) };
  return { bodyHash: row.body_hash.toString('hex'), answer };
}

function toDeferral({ reason, retry_at: until }: EarlierRow): Deferral | null {
  return reason !== null && until !== null ? { reason, until } : null;
}
