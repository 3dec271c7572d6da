import type { ConsentFact, ConsentFacts } from '@assent/consent';
import type {
  ContactFacts,
  MarketingOfBusiness,
  SendingFacts,
  TemplateFacts,
} from '../../../libs/messaging/src/domain/facts.js';
import type { SwitchFact } from '../../../libs/messaging/src/domain/kill-switch.js';
import type { Validity } from '../../../libs/messaging/src/domain/validity.js';
import { NO_PREFERENCES, type Preferences } from '../../../libs/messaging/src/domain/preferences.js';

/** The time at which facts are loaded: a Monday noon, by UTC. */
export const NOW = new Date('2026-11-23T12:00:00.000Z');

export const seconds = (count: number) => new Date(NOW.getTime() + count * 1_000);
export const hours = (count: number) => seconds(count * 3_600);

/** How long messages are worth showing, as the platform comes. */
export const VALIDITY: Validity = {
  AUTHENTICATION: 600_000,
  SERVICE: 30 * 24 * 3_600_000,
  MARKETING: 30 * 24 * 3_600_000,
};

const optIn = { basis: 'OPT_IN', validDays: null, evidence: [], quietHours: null } as const;
const optOut = { basis: 'OPT_OUT', validDays: null, evidence: [], quietHours: null } as const;
type Rules = ConsentFacts['policy']['rules'];

/** Marketing needs an opt-in, without quiet hours. */
export const RULES: Rules = {
  AUTHENTICATION: optOut,
  SERVICE: optOut,
  MARKETING: optIn,
  MATCHING: optOut,
  ADS: optIn,
  ANALYTICS: optIn,
};

/** A kill switch of the business, until somebody lifts it. */
export const aSwitch = (changes: Partial<SwitchFact> = {}): SwitchFact => ({
  kind: 'BUSINESS',
  templateId: null,
  carrier: null,
  until: null,
  ...changes,
});

/** An opt-in to marketing of every business. */
export const OPTED_IN: ConsentFact = {
  businessId: null,
  subject: 'MARKETING',
  standing: 'ALLOWED',
  since: hours(-24),
};

/** What a test says of a contact; the rest is somebody in Germany who said and wants nothing. */
export interface ContactOverrides {
  said?: ConsentFact[];
  /** Rules of the policy that differ. */
  rules?: Partial<Rules>;
  wants?: Partial<Preferences>;
  /** When they saw marketing, newest first. */
  saw?: Date[];
  /** When anything but AUTHENTICATION became visible to them, newest first. */
  interruptedAt?: Date[];
  /** What they saw of the marketing of the business. */
  marketing?: MarketingOfBusiness;
  country?: string | null;
}

/** An approved template that sends. */
export const STANDS: TemplateFacts = {
  known: true,
  approved: true,
  disabled: false,
  pausedUntil: null,
  misfit: null,
};

/** A contact as a decision knows it. */
export function contactFacts({
  said = [],
  rules = {},
  wants = {},
  saw = [],
  interruptedAt = [],
  marketing = { seenAt: [], unread: 0 },
  country = 'DE',
}: ContactOverrides = {}): ContactFacts {
  return {
    consent: { said, policy: { version: 1, rules: { ...RULES, ...rules } }, now: NOW },
    person: { country, preferences: { ...NO_PREFERENCES, ...wants }, marketingSeenAt: saw, interruptedAt },
    marketing,
  };
}

/** What is known when a verified business that has spent nothing sends to such a contact. */
export function sendingFacts(changes: Partial<SendingFacts> = {}): SendingFacts {
  return {
    now: NOW,
    business: { status: 'VERIFIED', overrides: {} },
    contact: contactFacts(),
    lastInboundAt: hours(-1),
    marketing: { daily: 4, weekly: 3, mostUnread: 5 },
    pairLimit: { intervalMs: 6_000, burst: 45 },
    pairTat: null,
    reach: { limit: 250, used: 0, oldestTakenAt: null },
    reachTakenAt: null,
    throughput: { perSecond: 80, burst: 80, longestWaitMs: 600_000 },
    throughputTat: null,
    pacing: { size: 100, holdMs: 3_600_000 },
    validity: VALIDITY,
    ...changes,
  };
}
