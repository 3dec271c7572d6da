import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DispatchMessages } from '@assent/messaging';
import { clockAt } from '../consent/policy-clock.js';
import { aBusiness, anUnverifiedBusiness } from '../support/builders/accounts.js';
import {
  aMessage,
  reachablePeople,
  type Reachable,
  type SendResult,
  send,
  sendAll,
} from '../support/builders/messaging.js';
import { preflight, PREFLIGHT, type TestDecision } from '../support/builders/preflight.js';
import { setPreferences, type TestPreferences } from '../support/builders/preferences.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

/** A Wednesday in Berlin, where all of these people have their numbers: it is an hour ahead of UTC. */
const NOON = new Date('2026-11-25T11:00:00.000Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Outcome, reason and time, as preflight and sending both tell them. */
const foreseen = ({ outcome, because }: TestDecision) => [
  outcome,
  because?.reason ?? null,
  because?.deferredUntil ?? because?.retryAt ?? null,
];
const answered = ({ reason, retryAt, deferredUntil, deferredBecause }: SendResult) => {
  if (reason) return ['REFUSED', reason, retryAt ?? null];
  return [deferredUntil ? 'DEFERRED' : 'ALLOWED', deferredBecause ?? null, deferredUntil ?? null];
};

describe('preflight', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let people: Reachable[];

  beforeAll(async () => {
    platform = await startPlatform(
      {
        REACH_TIERS: '2,3,10,20',
        PAIR_BURST: '3',
        THROUGHPUT_PER_SECOND: '5,5,5,5,5',
        THROUGHPUT_LONGEST_WAIT_SECONDS: '2',
      },
      { worker: false },
    );
    await clockAt(platform, NOON);
  });
  beforeEach(async () => {
    await clockAt(platform, NOON);
    business = platform.business((await aBusiness(platform)).apiKey);
    people = await reachablePeople(platform, business, 6);
  });
  afterAll(() => platform.stop());

  const iso = (milliseconds: number) => new Date(NOON.getTime() + milliseconds).toISOString();
  const wants = (at: number, preferences: TestPreferences) =>
    setPreferences(people[at]!.person.api, preferences);
  const to = (at: number, changes: Record<string, unknown> = {}) => aMessage(people[at]!.contact, changes);

  it('of a sequence answers what the same request then does, limits used up on the way included', async () => {
    await people[0]!.person.api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
    await people[1]!.person.api.do('mutation { stop(input: {}) { __typename } }');
    await wants(2, { pausedUntil: iso(5 * MINUTE) });
    const batch = [
      to(0),
      to(0, { purpose: 'MARKETING' }),
      to(1),
      to(2),
      to(3, { purpose: 'MARKETING' }),
      aMessage('ctc_00000000000000000000000000'),
      ...[0, 0, 2, 3, 4, 5, 5, 4].map((at) => to(at, at % 2 ? { whenLimited: 'REFUSE' } : {})),
      ...Array.from({ length: 12 }, (_, at) => to(at % 5)),
    ];
    const told = await preflight(business, batch);
    const results = await sendAll(business, batch);
    expect(told.map(foreseen)).toEqual(results.map(answered));
    const reasons = new Set(told.map(({ because }) => because?.reason));
    for (const reason of [
      'CONSENT_STOPPED',
      'PAUSED',
      'CONSENT_MISSING',
      'PAIR_LIMIT',
      'REACH_TIER',
      'THROUGHPUT',
    ])
      expect(reasons).toContain(reason);
  });

  it('of each alone answers as if there were no other', async () => {
    const drafts = Array.from({ length: 5 }, () => to(0));
    expect((await preflight(business, drafts)).map(({ outcome }) => outcome)).toContain('REFUSED');
    const alone = await preflight(business, drafts, { order: 'EACH_ALONE' });
    expect(alone.map(foreseen)).toEqual(drafts.map(() => ['ALLOWED', null, null]));
  });

  it('spends nothing', async () => {
    const drafts = [to(0), to(1)];
    const first = await preflight(business, drafts);
    expect(await preflight(business, drafts)).toEqual(first);
    expect(first[0]!.budgets).toEqual([
      { name: 'PAIR_LIMIT', limit: 3, used: 0, remaining: 3, nextFreeAt: null },
      { name: 'TEMPLATE_SAMPLE', limit: 1_000_000, used: 0, remaining: 1_000_000, nextFreeAt: null },
      { name: 'REACH_TIER', limit: 3, used: 0, remaining: 3, nextFreeAt: null },
      { name: 'THROUGHPUT', limit: 5, used: 0, remaining: 5, nextFreeAt: null },
    ]);
    expect(first[1]!.budgets).toMatchObject([
      { name: 'PAIR_LIMIT', remaining: 3 },
      { name: 'TEMPLATE_SAMPLE', used: 1, nextFreeAt: iso(60 * MINUTE) },
      { name: 'REACH_TIER', used: 1, remaining: 2, nextFreeAt: iso(DAY) },
      { name: 'THROUGHPUT', used: 1, remaining: 4, nextFreeAt: iso(200) },
    ]);
  });

  it('lists what else objects, with its gate', async () => {
    await people[0]!.person.api.do('mutation { stop(input: {}) { __typename } }');
    await wants(0, { pausedUntil: iso(MINUTE) });
    const [decision] = await preflight(business, [to(0)]);
    expect(decision).toMatchObject({
      outcome: 'REFUSED',
      because: { reason: 'CONSENT_STOPPED', gate: 'CONSENT', retryAt: null },
      otherObjections: [
        { reason: 'PAUSED', gate: 'QUIET_HOURS', outcome: 'DEFERRED', deferredUntil: iso(MINUTE) },
      ],
    });

    const message = to(0);
    const sendIt = async () => {
      const { sendMessage } = await business.do(
        `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { ... on RefusedMessage {
          reason replayed otherObjections { outcome gate reason deferredUntil retryAt } } } }`,
        { input: message },
      );
      return sendMessage;
    };
    const { otherObjections } = decision!;
    expect(await sendIt()).toEqual({ reason: 'CONSENT_STOPPED', replayed: false, otherObjections });
    expect(await sendIt()).toEqual({ reason: 'CONSENT_STOPPED', replayed: true, otherObjections: null });
  });

  it('looks ahead: at retryAt the same request would pass, one millisecond before it would not', async () => {
    await sendAll(
      business,
      [0, 1, 2].map((at) => to(at)),
    );
    const [refused] = await preflight(business, [to(4)]);
    expect(refused).toMatchObject({ because: { reason: 'REACH_TIER', retryAt: iso(DAY) } });
    const outcomeAt = async (at: string) => (await preflight(business, [to(4)], { at }))[0]!.outcome;
    expect(await outcomeAt(iso(DAY - 1))).toBe('REFUSED');
    expect(await outcomeAt(iso(DAY))).toBe('ALLOWED');
    await clockAt(platform, new Date(iso(DAY - 1)));
    expect(await send(business, people[4]!.contact)).toMatchObject({ reason: 'REACH_TIER' });
    await clockAt(platform, new Date(iso(DAY)));
    expect(await send(business, people[4]!.contact)).toMatchObject({ deferredUntil: null });
  });

  it('takes a time that has passed for now, and none that is too far ahead', async () => {
    const { errors } = await business.raw(PREFLIGHT, { input: { messages: [], at: iso(36 * DAY) } });
    expect(errors?.[0]?.extensions.faults).toEqual([
      { field: 'input.messages', rule: 'must hold 1 to 1,000 messages' },
    ]);
    const { idempotencyKey: _, ...draft } = to(0);
    const ask = (at: string) => business.raw(PREFLIGHT, { input: { messages: [draft], at } });
    expect((await ask(iso(36 * DAY))).errors?.[0]?.extensions.faults).toEqual([
      { field: 'input.at', rule: 'must be a time at most 35 days ahead' },
    ]);
    expect((await ask(iso(-DAY))).data.preflight.at).toBe(iso(0));
  });

  it('needs the permission to send, and knows an unverified business', async () => {
    const { errors } = await platform.business().raw(PREFLIGHT, { input: { messages: [to(0)] } });
    expect(errors).toBeDefined();
    const { token } = await anUnverifiedBusiness(platform);
    const [decision] = await preflight(platform.business(token), [to(0)]);
    expect(decision).toMatchObject({ because: { reason: 'BUSINESS_NOT_VERIFIED', gate: 'BUSINESS' } });
    expect(decision?.otherObjections).toMatchObject([
      { reason: 'CONTACT_UNKNOWN', gate: 'CONTACT' },
      { reason: 'TEMPLATE_UNKNOWN', gate: 'TEMPLATE' },
    ]);
  });

  it('agrees with sending on random requests, from one to the next', async () => {
    const worker = platform.app.get(DispatchMessages, { strict: false });
    for (const { person } of people)
      await person.api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
    const pick = <Value>(values: readonly Value[]) =>
      values[Math.floor(Math.random() * values.length)] as Value;
    let clock = NOON.getTime();
    for (let round = 0; round < 25; round++) {
      if (round % 5 === 0) {
        await wants(round % 6, {
          pausedUntil: pick([null, new Date(clock + pick([1, 50, 900]) * MINUTE).toISOString()]),
          interruptionCap: pick([null, 1, 2]),
          weeklyMarketingCap: pick([null, 0, 1]),
        });
      }
      const batch = Array.from({ length: pick([1, 3, 9]) }, () =>
        to(pick([0, 1, 2, 3, 4, 5]), {
          purpose: pick(['AUTHENTICATION', 'SERVICE', 'MARKETING']),
          whenLimited: pick(['DEFER', 'REFUSE']),
        }),
      );
      const told = await preflight(business, batch);
      expect(told.map(foreseen)).toEqual((await sendAll(business, batch)).map(answered));
      const retryAt = told.map(({ because }) => because?.retryAt).find((at) => at);
      clock = retryAt
        ? new Date(retryAt).getTime() - pick([0, 1])
        : clock + pick([1, 150, 4_000, 70 * MINUTE]);
      if (clock > NOON.getTime() + 2 * DAY) break; // sessions of people end
      await clockAt(platform, new Date(clock));
      if (round % 3 === 0) while (await worker.execute());
    }
  });
});
