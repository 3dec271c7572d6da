import { type LimitOverridesColumn, toLimitOverrides } from '@assent/accounts';
import type { ConsentFact, ConsentFacts } from '@assent/consent';
import {
  placesOf,
  REACH_TIERS,
  type ReachTier,
  type RestrictionColumn,
  type SpamFact,
  type SpamScoreColumn,
  toRestrictionFact,
  toSpamScore,
} from '@assent/limits';
import type { Configuration } from '@assent/platform';
import type { SendingBusiness, SendingContact } from '../domain/situation.js';
import { type SwitchColumn, toSwitchFacts } from './kill-switch-column.js';
import { type MarketingRow, type PersonRow, toMarketing, toPersonFacts } from './person-facts.js';

/** A contact as it is read for a decision, with its person. */
export type ContactRow = PersonRow &
  MarketingRow & {
    lane: number;
    contact_id: string;
    business_id: string;
    /** Null: the person is gone. */
    person_id: string | null;
    content_salt: Buffer | null;
    /** Null: there is no row of contact_state. */
    last_seq: number | null;
    pair_tat: Date | null;
    reach_taken_at: Date | null;
    last_inbound_at: Date | null;
    blocked_at: Date | null;
  };

/** One thing that a person said. */
export interface ConsentRow {
  contact_id: string;
  business_id: string | null;
  subject: ConsentFact['subject'];
  standing: ConsentFact['standing'];
  since: Date;
}

/** A business, with all that limits it. */
export interface BusinessRow {
  business_id: string;
  status: SendingBusiness['status'];
  is_sandbox: boolean;
  reach_tier: ReachTier;
  reach_used: number;
  /** Places that fell out of the window and have not been given back. */
  reach_fallen: number;
  oldest_taken_at: Date | null;
  after_override: Date[] | null;
  throughput_tat: number | null;
  overrides: LimitOverridesColumn;
  restriction: RestrictionColumn;
  switches: SwitchColumn;
  spam: SpamScoreColumn;
  queue_full_until: Date | null;
}

type ReachableRow = ContactRow & { person_id: string };

/** Whether the person is still there. */
export function isReachable(row: ContactRow): row is ReachableRow {
  return row.person_id !== null;
}

/** What decisions know of a contact. */
export function toContact(row: ReachableRow, consent: ConsentFacts): SendingContact {
  return {
    lane: row.lane,
    contactId: row.contact_id,
    businessId: row.business_id,
    personId: row.person_id,
    contentSalt: row.content_salt,
    consent,
    person: toPersonFacts(row),
    marketing: toMarketing(row),
    blockedByBusiness: row.blocked_at !== null,
    isKept: row.last_seq !== null,
    lastSeq: row.last_seq ?? 0,
    pairTat: row.pair_tat,
    reachTakenAt: row.reach_taken_at,
    lastInboundAt: row.last_inbound_at,
  };
}

/** What decisions know of a business. */
export function toBusiness(row: BusinessRow, settings: Configuration['settings']): SendingBusiness {
  const limit = placesOf(row.reach_tier, settings.REACH_TIERS);
  const perSecond = settings.THROUGHPUT_PER_SECOND[REACH_TIERS.indexOf(row.reach_tier)] ?? 1;
  return {
    businessId: row.business_id,
    status: row.status,
    isSandbox: row.is_sandbox,
    overrides: toLimitOverrides(row.overrides),
    restriction: toRestrictionFact(row.restriction),
    switches: toSwitchFacts(row.switches),
    spam: toSpamFact(row.spam, settings),
    queueFullUntil: row.queue_full_until,
    reach: {
      limit,
      used: row.reach_used,
      oldestTakenAt: row.oldest_taken_at,
      afterOverride: row.after_override ?? undefined,
    },
    throughput: {
      perSecond,
      burst: perSecond * settings.THROUGHPUT_BURST_SECONDS,
      longestWaitMs: settings.THROUGHPUT_LONGEST_WAIT_SECONDS * 1_000,
    },
    throughputTat: row.throughput_tat,
  };
}

function toSpamFact(column: SpamScoreColumn, settings: Configuration['settings']): SpamFact | null {
  const spam = toSpamScore(column);
  return spam && { ...spam, most: settings.SPAM_SCORE_MOST, halfLifeDays: settings.QUALITY_HALF_LIFE_DAYS };
}
