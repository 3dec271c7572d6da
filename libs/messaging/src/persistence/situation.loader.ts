import { Injectable } from '@nestjs/common';
import { selectLimitOverrides } from '@assent/accounts';
import { type PolicyInForce, PolicyStore, selectSaid } from '@assent/consent';
import { pacingOf, selectRestriction, selectSpamScore } from '@assent/limits';
import {
  column,
  Configuration,
  laneOf,
  SMALLINT,
  type Statement,
  type Transaction,
  unseen,
  UUID,
} from '@assent/platform';
import type { AnnouncedDraft, Situation } from '../domain/situation.js';
import { selectSwitches } from './kill-switch-column.js';
import { OtherModeStore } from './other-mode.store.js';
import {
  marketingLimits,
  PREFERENCES,
  selectInterrupted,
  selectMarketingSeen,
  validityByDefault,
} from './person-facts.js';
import {
  type BusinessRow,
  type ConsentRow,
  type ContactRow,
  isReachable,
  toBusiness,
  toContact,
} from './situation.rows.js';

/** Loads what sending and preflight decide on: the same statements, so that there is one truth. */
@Injectable()
export class SituationLoader {
  constructor(
    private readonly configuration: Configuration,
    private readonly policies: PolicyStore,
    private readonly otherMode: OtherModeStore,
  ) {}

  /**
   * What is known of the contacts and businesses of these drafts, now or, later than now, at a time. Statements of one
   * round trip, without a lock: who decides for good holds the guards, taken by earlier statements.
   */
  async load(tx: Transaction, drafts: readonly AnnouncedDraft[], at: Date | null = null): Promise<Situation> {
    return this.situation(
      ...(await Promise.all([this.loadPeople(tx, drafts), this.loadBusinesses(tx, drafts, at)])),
    );
  }

  /** Of the contacts: what depends on their people alone, so that whoever holds these reads what is true. */
  async loadPeople(
    tx: Transaction,
    drafts: readonly AnnouncedDraft[],
    contacts = contactsOf(drafts),
  ): Promise<LoadedPeople> {
    const marketing = drafts.some(({ mayBeMarketing }) => mayBeMarketing);
    const cap = marketing ? this.configuration.settings.MARKETING_CAP_DAILY : 0;
    const [contactRows, consentRows] = await Promise.all([
      tx.rows<ContactRow>(loadContacts(contacts, cap)),
      tx.rows<ConsentRow>(loadConsent(contacts)),
    ]);
    const known = new Set(contactRows.map(({ contact_id }) => contact_id));
    return { contactRows, consentRows, ofOtherMode: await this.otherMode.contacts(tx, drafts, known) };
  }

  /** Of the businesses, and the policy and the time, now or at a later one: to be read behind all locks. */
  async loadBusinesses(
    tx: Transaction,
    drafts: readonly AnnouncedDraft[],
    at: Date | null = null,
  ): Promise<LoadedBusinesses> {
    const tierSizes = this.configuration.settings.REACH_TIERS;
    const [businessRows, inForce] = await Promise.all([
      tx.rows<BusinessRow>(loadBusinesses(drafts, tierSizes, at)),
      this.policies.inForce(tx, at),
    ]);
    return { businessRows, inForce };
  }

  situation(
    { contactRows, consentRows, ofOtherMode }: LoadedPeople,
    { businessRows, inForce: { now, policy } }: LoadedBusinesses,
  ): Situation {
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
      pacing: pacingOf(settings),
      validity: validityByDefault(settings),
      contacts,
      gone,
      ofOtherMode,
      businesses: new Map(businessRows.map((row) => [row.business_id, toBusiness(row, settings)])),
    };
  }
}

/** What was read of a batch's contacts. */
export interface LoadedPeople {
  contactRows: ContactRow[];
  consentRows: ConsentRow[];
  ofOtherMode: Set<string>;
}

/** What was read of its businesses. */
export interface LoadedBusinesses {
  businessRows: BusinessRow[];
  inForce: PolicyInForce;
}

/** Contacts, as parallel columns for unnest. */
export interface ContactKeys {
  lanes: Buffer;
  ids: Buffer;
  businessIds: Buffer;
}

/** The businesses that drafts are of, each once. */
export function businessesOf(drafts: readonly AnnouncedDraft[]): string[] {
  return [...new Set(drafts.map(({ businessId }) => businessId))];
}

/** The contacts that drafts are for, each once. */
export function contactsOf(batch: readonly AnnouncedDraft[]): ContactKeys {
  const asked = new Map<string, string>();
  for (const { contactId, businessId } of batch)
    if (contactId !== undefined) asked.set(contactId, businessId);
  const ids = [...asked.keys()];
  return {
    lanes: column(SMALLINT, ids, laneOf),
    ids: column(UUID, ids, (id) => id),
    businessIds: column(UUID, [...asked.values()], (id) => id),
  };
}

export const ASKED = `unnest(${unseen(1, 'smallint')}, ${unseen(2, 'uuid')}, ${unseen(3, 'uuid')}) AS asked (lane, id, business_id)
  JOIN contact c ON c.lane = asked.lane AND c.id = asked.id AND c.business_id = asked.business_id`;

/** With no more of the newest marketing than `cap`. */
function loadContacts({ lanes, ids, businessIds }: ContactKeys, cap: number): Statement {
  return {
    name: 'send-load-contacts',
    text: `SELECT c.lane, c.id AS contact_id, c.business_id, c.person_id, p.country, c.content_salt,
        s.last_seq, s.pair_tat, s.reach_taken_at, s.last_inbound_at, s.blocked_at, s.marketing_seen, s.marketing_unread, ${PREFERENCES},
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

/**
 * As of now, or of a later time. Places that have fallen out of the window by then, and that no batch has given back yet,
 * are not counted. With the place that has to come free next: not the oldest where a limit was lowered, and more are
 * held than it has. And, where an override ends while they are held, with those that have to come free after it.
 */
function loadBusinesses(
  drafts: readonly AnnouncedDraft[],
  tierSizes: readonly number[],
  at: Date | null,
): Statement {
  const held = `FROM reach_place r WHERE r.business_id = b.id AND taken_at > clock.day_ago ORDER BY taken_at`;
  return {
    name: 'send-load-businesses',
    text: `SELECT b.id AS business_id, b.status, b.sandbox_of IS NOT NULL AS is_sandbox, b.reach_tier, g.throughput_tat, ${selectLimitOverrides('b.id')} AS overrides,
        ${selectRestriction('b.id')} AS restriction, ${selectSwitches('b.id')} AS switches, ${selectSpamScore('b.id')} AS spam,
        (SELECT max(f.until) FROM queue_full f WHERE f.until > assent_now() AND (f.business_id = b.id OR f.business_id IS NULL)) AS queue_full_until,
        coalesce(g.reach_used - fallen.places, 0) AS reach_used, fallen.places AS reach_fallen,
        (SELECT taken_at ${held} OFFSET CASE WHEN o.value = 0 THEN 0
          ELSE greatest(g.reach_used - fallen.places - coalesce(o.value, tier.places), 0) END LIMIT 1) AS oldest_taken_at,
        CASE WHEN o.ends_at < clock.now + interval '24 hours' THEN
          ARRAY(SELECT taken_at ${held} OFFSET greatest(g.reach_used - fallen.places - tier.places, 0) LIMIT $4)
        END AS after_override
      FROM (SELECT now, now - interval '24 hours' AS day_ago FROM (SELECT greatest(assent_now(), $3) AS now OFFSET 0) reading) clock
      CROSS JOIN business b LEFT JOIN business_guard g ON g.business_id = b.id
      LEFT JOIN limit_override o ON o.business_id = b.id AND o.kind = 'REACH_PLACES' AND o.ended_at IS NULL
        AND o.ends_at > clock.now
      CROSS JOIN LATERAL (SELECT ($2::int[])[array_position(enum_range(b.reach_tier), b.reach_tier)] AS places) tier
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS places FROM reach_place r WHERE r.business_id = b.id AND r.taken_at <= clock.day_ago
      ) fallen
      WHERE b.id = ANY(${unseen(1, 'uuid')}::uuid[])`,
    values: [businessesOf(drafts), tierSizes, at, drafts.length + 1],
  };
}
