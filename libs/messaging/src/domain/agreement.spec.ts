import { describe, expect, it } from '@jest/globals';
import {
  aSwitch,
  contactFacts,
  hours,
  NOW,
  OPTED_IN,
  RULES,
  STANDS,
  VALIDITY,
} from '../../../../test/support/builders/facts.js';
import { random } from '../../../../test/support/random.js';
import type { LimitKind, LimitOverrides } from '@assent/accounts';
import { type BusinessReach, REACH_WINDOW_MS } from '@assent/limits';
import { factsAt } from './decide.js';
import { decideSending } from './decide-sending.js';
import type { Decision } from './decision.js';
import type { TemplateFacts } from './facts.js';
import type { SwitchFact } from './kill-switch.js';
import { LATEST_MS } from './gates/schedule.js';
import type { MessagePurpose, WhenLimited } from './message.js';
import { type AskedMessage, type BatchFacts, type Plan, planBatch } from './plan.js';
import { foresee } from './preflight.js';
import { factsOf, partiesOf, type SendingBusiness, type SendingContact } from './situation.js';

const LATEST = new Date(NOW.getTime() + LATEST_MS);
const CASES = 100_000;
const DRAFTS = 2;

const STOP = (subject: 'BLOCK' | 'MARKETING' | 'EVERYTHING') =>
  ({ businessId: 'b', subject, standing: 'STOPPED', since: hours(-1) }) as const;
const NIGHT = { from: '21:00', to: '08:00' };

/** What of a list of places, oldest first, is loaded at a time. */
function reachOf(places: Date[], limit: number | null, overrides: LimitOverrides, at: Date): BusinessReach {
  const dayAfter = (time: Date) => new Date(time.getTime() + REACH_WINDOW_MS);
  const held = places.filter((takenAt) => at < dayAfter(takenAt));
  const override = overrides.REACH_PLACES;
  const runs = override && at < override.endsAt;
  const most = runs ? override.value : limit;
  const inTheWay = (most: number | null) => held.slice(most ? Math.max(held.length - most, 0) : 0);
  return {
    limit,
    used: held.length,
    oldestTakenAt: inTheWay(most)[0] ?? null,
    afterOverride: runs && override.endsAt < dayAfter(at) ? inTheWay(limit).slice(0, DRAFTS + 1) : undefined,
  };
}

/** A request of two messages of one business, and all that is known of it. */
function aCase(nr: number): {
  batch: AskedMessage[];
  facts: () => BatchFacts;
  reachAt: (at: Date) => BusinessReach;
} {
  const draw = random(nr);
  const pick = <Value>(...values: Value[]) => values[Math.floor(draw() * values.length)] as Value;
  /** Mostly the first, so that not everything objects at a time. */
  const mostly = <Value>(usual: Value, ...others: Value[]) => (draw() < 0.7 ? usual : pick(...others));
  const ms = (from: number, to: number) => new Date(NOW.getTime() + Math.round(from + draw() * (to - from)));
  const HOUR = 3_600_000;
  const past = (count: number, most: number) =>
    Array.from({ length: count }, () => ms(-most, 0)).sort((a, b) => b.getTime() - a.getTime());

  const places = past(mostly(0, 1, 2, 3, 5, 8), 24 * HOUR - 1).reverse();
  const tier = mostly(3, 1, 2, null);
  /** An override now and then. */
  const set = (kind: LimitKind, ends: number, ...values: number[]): LimitOverrides =>
    draw() < 0.12 ? { [kind]: { value: pick(...values), endsAt: ms(0, ends) } } : {};
  const overrides: LimitOverrides = {
    ...set('PAIR_BURST', 2 * HOUR, 1, 5),
    ...set('PAIR_INTERVAL', HOUR / 60, 1, 90_000),
    ...set('REACH_PLACES', 30 * HOUR, 0, 1, 3, 5, 9),
    ...set('THROUGHPUT', HOUR / 100, 1, 900),
    ...set('TEMPLATE_SAMPLE', 2 * HOUR, 1, 4),
    ...set('MARKETING_WEEKLY', 200 * HOUR, 0, 1, 9),
  };
  const reachAt = (at: Date) => reachOf(places, tier, overrides, at);
  const business: SendingBusiness = {
    businessId: 'b',
    status: mostly('VERIFIED', 'PENDING', 'SUSPENDED'),
    overrides,
    restriction: mostly(null, { until: ms(-HOUR, 29 * 24 * HOUR) }, { until: null }),
    switches: mostly<SwitchFact[]>(
      [],
      [],
      [aSwitch({ kind: 'MARKETING', until: ms(-HOUR, 29 * 24 * HOUR) })],
      [aSwitch({ kind: pick('BUSINESS', 'MARKETING'), until: mostly(ms(-HOUR, HOUR), null) })],
    ),
    spam: mostly(null, {
      score: pick(5, 20, 20.001, 99.9),
      at: ms(-9 * 24 * HOUR, 0),
      most: 20,
      halfLifeDays: 7,
    }),
    reach: reachAt(NOW),
    throughput: { perSecond: pick(80, 1_000, 3), burst: pick(1, 4), longestWaitMs: pick(0, 1_000, 600_000) },
    throughputTat: mostly(null, ms(-1_000, 5_000).getTime() * 1_000, ms(0, 1_200_000).getTime() * 1_000 + 7),
  };
  const optIn = { ...OPTED_IN, since: ms(-48 * HOUR, -1) };
  const contact = (): SendingContact => ({
    ...contactFacts({
      said: mostly([optIn], [], [optIn, STOP('MARKETING')], [STOP('EVERYTHING'), STOP('BLOCK')]),
      rules: {
        MARKETING: { ...RULES.MARKETING, validDays: mostly(null, 1, 2), quietHours: mostly(null, NIGHT) },
      },
      wants: {
        pausedUntil: mostly(null, ms(-HOUR, 5 * HOUR), ms(0, 40 * 24 * HOUR)),
        quietHours: mostly(null, { from: pick('11:00', '13:00', '23:00'), to: pick('14:30', '05:00') }),
        timeZone: mostly('Europe/Berlin', null, 'America/New_York'),
        marketingCap: mostly(null, 0, 1, 2),
        weeklyMarketingCap: mostly(null, 0, 1),
        interruptionCap: mostly(null, 1, 2),
      },
      country: mostly('DE', null, 'US'),
      saw: past(pick(0, 0, 1, 4), 30 * HOUR),
      interruptedAt: past(mostly(0, 1, 2), 30 * HOUR),
      marketing: { seenAt: past(mostly(0, 1, 3), 8 * 24 * HOUR), unread: mostly(0, 4, 5, 9) },
    }),
    blockedByBusiness: nr % 200 === 7,
    lane: 1,
    contactId: 'c',
    businessId: 'b',
    personId: 'p',
    contentSalt: null,
    isKept: false,
    lastSeq: 0,
    pairTat: mostly(null, ms(0, 20_000), ms(0, 20 * HOUR)),
    reachTakenAt: mostly(null, ms(-30 * HOUR, 0)),
    lastInboundAt: mostly(ms(-HOUR, 0), null, ms(-26 * HOUR, 0)),
  });
  const beganAt = mostly<Date | null>(null, ms(-3 * HOUR, 0));
  const sample = {
    versionId: 'v',
    beganAt,
    used: beganAt ? pick(1, 2, 3) : 0,
    outMs: beganAt ? pick(0, 1_001, 2 * HOUR) : 0,
    passedAt: mostly<Date | null>(null, NOW),
  };
  const template = () => ({
    purpose: pick<MessagePurpose>('MARKETING', 'SERVICE', 'AUTHENTICATION'),
    template: {
      ...STANDS,
      disabled: draw() < 0.02,
      pausedUntil: mostly(null, null, null, ms(-HOUR, 6 * HOUR)),
      misfit: mostly<TemplateFacts['misfit']>(null, null, null, { kind: 'TOO_LONG' }),
      sample,
    },
  });
  const freeForm = () => ({ purpose: 'SERVICE' as const, template: null });
  const contacts = mostly([contact()], []);
  const gone = mostly<string[]>([], ['c']);
  const batch = Array.from({ length: DRAFTS }, (_, at) => ({
    businessId: 'b',
    contactId: mostly<string | undefined>('c', undefined),
    ...pick<() => Pick<AskedMessage, 'purpose' | 'template'>>(template, template, template, freeForm)(),
    whenLimited: pick<WhenLimited>('DEFER', 'REFUSE'),
    validForMs: mostly(null, null, pick(30_000, 12 * HOUR, 30 * 24 * HOUR)),
    sendAt: mostly(null, null, null, null, ms(0, 40 * 24 * HOUR)),
    keyHash: `${at}`,
    bodyHash: '',
  }));
  const marketing = { daily: pick(1, 4), weekly: pick(1, 3), mostUnread: 5 };
  return {
    batch,
    reachAt,
    facts: () => ({
      now: NOW,
      pairLimit: { intervalMs: 6_000, burst: 3 },
      pacing: { size: 2, holdMs: HOUR },
      marketing,
      validity: VALIDITY,
      contacts: new Map(contacts.map((one) => [one.contactId, { ...one }])),
      gone: new Set(gone),
      businesses: new Map([['b', { ...business, reach: reachAt(NOW) }]]),
      earlier: new Map(),
    }),
  };
}

/** What sending answers by its plan. */
function answer(plan: Plan): Decision {
  if (plan.kind === 'REFUSE' || plan.kind === 'CONFLICT') return plan.decision;
  if (plan.kind !== 'ACCEPT') throw new Error('A key was repeated');
  return plan.deferral ? { outcome: 'DEFERRED', ...plan.deferral } : { outcome: 'ALLOWED' };
}

describe('preflight and sending', () => {
  it(`agree on ${CASES} random cases, and on the exact time at which a refusal ends`, () => {
    const met = new Map<string, number>();
    for (let nr = 1; nr <= CASES / DRAFTS; nr++) {
      const { batch, facts, reachAt } = aCase(nr);
      const told = foresee(batch, facts(), 'IN_SEQUENCE').map(({ decision }) => decision);
      // What templates spend is spent in the drafts, so each has drafts of its own.
      const again = aCase(nr);
      const sent = planBatch(again.batch, again.facts()).map(answer);
      if (JSON.stringify(told) !== JSON.stringify(sent)) expect({ nr, told }).toEqual({ nr, told: sent });

      const situation = facts();
      const [draft] = aCase(nr).batch as [AskedMessage];
      const [decision] = sent as [Decision];
      const key = decision.outcome === 'ALLOWED' ? 'ALLOWED' : `${decision.outcome} ${decision.reason}`;
      met.set(key, (met.get(key) ?? 0) + 1);
      const known = factsOf(draft, partiesOf(draft, situation), situation);
      const tooFar = decision.outcome === 'REFUSED' && decision.reason === 'SCHEDULE_TOO_FAR';
      // What is scheduled is decided as of its time: a time that is answered is one that it can be scheduled for.
      const at = (time: Date) =>
        draft.sendAt && !tooFar
          ? decideSending({ ...draft, sendAt: time }, known)
          : decideSending(draft, { ...factsAt(known, time), reach: reachAt(time) });
      if (draft.sendAt && !tooFar && 'until' in decision && decision.until > LATEST) continue;
      if (draft.sendAt && !tooFar && 'retryAt' in decision && decision.retryAt && decision.retryAt > LATEST)
        continue;
      if (decision.outcome === 'REFUSED' && decision.retryAt) {
        const { retryAt } = decision;
        const before = at(new Date(retryAt.getTime() - 1));
        if (before.outcome !== 'REFUSED' || at(retryAt).outcome === 'REFUSED')
          throw new Error(`Case ${nr}: ${decision.reason} does not end at ${retryAt.toISOString()}`);
      }
      const ended = decision.outcome === 'DEFERRED' ? at(decision.until) : decision;
      if (decision.outcome === 'DEFERRED' && ended.outcome === 'DEFERRED' && ended.reason !== 'SCHEDULED')
        throw new Error(`Case ${nr}: ${decision.reason} has not ended at ${decision.until.toISOString()}`);
    }
    // Every reason that these facts can have decided often enough for this to mean something.
    for (const key of [
      'ALLOWED',
      'REFUSED BUSINESS_SUSPENDED',
      'REFUSED BUSINESS_SWITCHED_OFF',
      'REFUSED MARKETING_SWITCHED_OFF',
      'REFUSED CONTACT_GONE',
      'REFUSED CONTACT_BLOCKED',
      'REFUSED CONSENT_STOPPED',
      'REFUSED CONSENT_MISSING',
      'REFUSED QUIET_HOURS',
      'DEFERRED QUIET_HOURS',
      'REFUSED PAUSED',
      'DEFERRED PAUSED',
      'REFUSED MARKETING_CAP',
      'DEFERRED MARKETING_CAP',
      'REFUSED BUSINESS_MARKETING_CAP',
      'DEFERRED BUSINESS_MARKETING_CAP',
      'REFUSED INTERRUPTION_BUDGET',
      'DEFERRED INTERRUPTION_BUDGET',
      'REFUSED PAIR_LIMIT',
      'REFUSED REACH_TIER',
      'REFUSED THROUGHPUT',
      'DEFERRED THROUGHPUT',
      'REFUSED SPAM_SCORE',
      'REFUSED BLOCKED_BY_YOU',
      'REFUSED TEMPLATE_PACING',
      'DEFERRED TEMPLATE_PACING',
      'REFUSED SCHEDULE_TOO_FAR',
      'DEFERRED SCHEDULED',
      'REFUSED VALIDITY_OUT_OF_RANGE',
    ])
      expect({ key, often: (met.get(key) ?? 0) >= 20 }).toEqual({ key, often: true });
  });
});
