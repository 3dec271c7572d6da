import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactFacts, OPTED_IN } from '../../../../test/support/builders/facts.js';
import { planDispatch } from './dispatch-plan.js';

/**
 * What a person sees against the simplest thing that is right: lists of times. On 10,000 random schedules, while the clock of
 * the process is wherever it likes, and through restarts: what is kept goes through JSON, as through the database, and
 * is kept as the statements of dispatch keep it.
 */
const RUNS = { numRuns: 10_000 };
const BEGIN = Date.parse('2026-11-23T12:00:00.000Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LIMITS = { daily: 4, weekly: 3, mostUnread: 5 };

const PURPOSES = ['MARKETING', 'SERVICE', 'AUTHENTICATION'] as const;
const step = fc.record({
  wait: fc.oneof(fc.constantFrom(0, DAY - 1, DAY, 7 * DAY), fc.integer({ min: 0, max: 20 * HOUR })),
  business: fc.constantFrom('one', 'other'),
  purpose: fc.constantFrom(...PURPOSES, 'MARKETING' as const, 'MARKETING' as const),
  reads: fc.integer({ min: 0, max: 5 }).map((sixth) => sixth === 0),
});
const own = (most: number) => fc.option(fc.integer({ min: 1, max: most }));
const wishes = fc.record({ marketingCap: own(5), weeklyMarketingCap: own(4), interruptionCap: own(5) });

interface Seen {
  at: number;
  business: string;
  purpose: string;
}

/** A limit as the reference has it: so many of these times in any so long. */
interface Cap {
  reason: string;
  most: number;
  within: number;
  times: number[];
}

const counted = ({ times, within }: Cap, at: number) => times.filter((time) => at < time + within).length;

/** When one more fits. */
function fitsFrom(cap: Cap, now: number): number {
  const ends = cap.times.map((time) => time + cap.within).filter((end) => end > now);
  return [now, ...ends.sort((a, b) => a - b)].find((at) => counted(cap, at) < cap.most) ?? NaN;
}

/** What is kept of a person, and of what they saw of each business. */
interface Kept {
  marketing: string[];
  of: Record<string, { seenAt: string[]; unread: number }>;
  interrupted: string[];
}

const dates = (times: string[]) => times.map((time) => new Date(time));
const since = (times: string[], from: number) => times.filter((time) => Date.parse(time) > from);

describe('what a person sees, against lists of times', () => {
  const processClock = Date.now;
  beforeEach(() => {
    let calls = 0;
    Date.now = () => (calls++ % 2 ? 0 : 9e12);
  });
  afterEach(() => {
    Date.now = processClock;
  });

  it('is as much marketing in 24 hours, of one business in 7 days, and as many interruptions, as they may', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), wishes, (steps, wants) => {
        const seen: Seen[] = [];
        const unread: Record<string, number> = {};
        let kept: Kept = { marketing: [], of: {}, interrupted: [] };
        let now = BEGIN;
        for (const { wait, business, purpose, reads } of steps) {
          now += wait;
          kept = JSON.parse(JSON.stringify(kept)) as Kept;
          if (reads) {
            unread[business] = 0;
            kept.of[business] = { seenAt: kept.of[business]?.seenAt ?? [], unread: 0 };
          }
          const objecting = caps(seen, unread, wants, business).filter(
            (cap) =>
              (purpose === 'MARKETING' || (purpose === 'SERVICE' && cap.reason === 'INTERRUPTION_BUDGET')) &&
              counted(cap, now) >= cap.most,
          );
          const planned = dispatch(kept, wants, business, purpose, now);
          if (objecting.length > 0) {
            // The one that lets it wait longest, and of these the first.
            const until = Math.max(...objecting.map((cap) => fitsFrom(cap, now)));
            const deciding = objecting.find((cap) => fitsFrom(cap, now) === until);
            expect(planned).toEqual({ outcome: 'DEFERRED', reason: deciding?.reason, until });
            continue;
          }
          if (planned?.outcome !== 'VISIBLE') expect(planned).toMatchObject({ outcome: 'VISIBLE' });
          seen.push({ at: now, business, purpose });
          keep(kept, business, purpose, now);
          if (purpose === 'MARKETING') unread[business] = (unread[business] ?? 0) + 1;
        }
      }),
      RUNS,
    );
  });
});

type Wishes = Record<'marketingCap' | 'weeklyMarketingCap' | 'interruptionCap', number | null>;

/** All limits, in the order of their gates. */
function caps(seen: Seen[], unread: Record<string, number>, wants: Wishes, business: string): Cap[] {
  const marketing = seen.filter(({ purpose }) => purpose === 'MARKETING');
  const bored = (unread[business] ?? 0) >= LIMITS.mostUnread;
  return [
    {
      reason: 'MARKETING_CAP',
      most: Math.min(LIMITS.daily, wants.marketingCap ?? LIMITS.daily),
      within: DAY,
      times: marketing.map(({ at }) => at),
    },
    {
      reason: 'BUSINESS_MARKETING_CAP',
      most: Math.min(LIMITS.weekly, wants.weeklyMarketingCap ?? LIMITS.weekly, bored ? 1 : LIMITS.weekly),
      within: 7 * DAY,
      times: marketing.filter((one) => one.business === business).map(({ at }) => at),
    },
    {
      reason: 'INTERRUPTION_BUDGET',
      most: wants.interruptionCap ?? Infinity,
      within: DAY,
      times: seen.filter(({ purpose }) => purpose !== 'AUTHENTICATION').map(({ at }) => at),
    },
  ];
}

/** What dispatch does with one message, on what its statements load. */
function dispatch(
  kept: Kept,
  wants: Wishes,
  business: string,
  purpose: (typeof PURPOSES)[number],
  now: number,
): { outcome: string; reason?: string; until?: number } | undefined {
  const { seenAt = [], unread = 0 } = kept.of[business] ?? {};
  const facts = contactFacts({
    said: [OPTED_IN],
    wants,
    saw: dates(kept.marketing.slice(0, LIMITS.daily)),
    interruptedAt:
      wants.interruptionCap === null ? [] : dates(kept.interrupted.slice(0, wants.interruptionCap)),
    marketing: { seenAt: dates(seenAt), unread },
  });
  const at = new Date(now);
  const [planned] = planDispatch(
    [
      {
        now: at,
        lane: 1,
        personId: 'p',
        contactId: 'c',
        businessId: business,
        place: '(0,1)',
        priority: purpose,
        business: { status: 'VERIFIED', overrides: {} },
        contact: { ...facts, consent: { ...facts.consent, now: at } },
        lastInboundAt: null,
        marketing: LIMITS,
        messages: [{ id: 'm', seq: 1, purpose, whenLimited: 'DEFER', status: 'ACCEPTED', waited: false }],
        nextSeq: 2,
        dueAt: null,
      },
    ],
    new Map(),
  );
  if (!planned) return undefined;
  const { outcome } = planned;
  return outcome === 'DEFERRED'
    ? { outcome, reason: planned.reason, until: planned.until.getTime() }
    : { outcome };
}

/** What becomes visible is kept, and what has left its window goes, as far as the statements let it go. */
function keep(kept: Kept, business: string, purpose: string, now: number): void {
  const time = new Date(now).toISOString();
  if (purpose !== 'AUTHENTICATION') kept.interrupted.unshift(time);
  if (purpose !== 'MARKETING') return;
  kept.marketing = [time, ...since(kept.marketing, now - DAY)];
  const { seenAt = [], unread = 0 } = kept.of[business] ?? {};
  kept.of[business] = { seenAt: [time, ...since(seenAt, now - 7 * DAY)], unread: unread + 1 };
}
