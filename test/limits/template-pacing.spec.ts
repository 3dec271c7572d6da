import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ExtendLog } from '@assent/consent';
import { PauseTemplatesByQuality, ReadStops } from '@assent/limits';
import { DispatchMessages, ReleaseHeld } from '@assent/messaging';
import { parsePublicId } from '@assent/platform';
import { clockAt } from '../consent/policy-clock.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aCrowd, type CrowdMember } from '../support/builders/crowd.js';
import { setLimit } from '../support/builders/limits.js';
import { aMessage, type Reachable, reachablePeople, sendAll } from '../support/builders/messaging.js';
import { preflight } from '../support/builders/preflight.js';
import { EVERYBODY_COUNTS, judgeAll } from '../support/builders/quality.js';
import {
  anApprovedTemplate,
  approveTemplate,
  editTemplate,
  submitTemplate,
  templateOf,
  type TestTemplate,
} from '../support/builders/templates.js';
import { inTestMode, testContact } from '../support/builders/test-mode.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const FIRST_DAY = Date.UTC(2026, 10, 25, 11);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SAMPLE = 4;
const EVIDENCE = 3;

describe('a new version of a template', () => {
  let platform: TestPlatform;
  /** Each test has a day of its own: nothing that was counted lies ahead of it. */
  let noon = FIRST_DAY;
  let shop: TestBusiness;
  let business: GraphQLClient;
  let template: TestTemplate;
  let crowd: CrowdMember[];

  beforeAll(async () => {
    platform = await startPlatform(
      { ...EVERYBODY_COUNTS, RESTRICTION_EVIDENCE: String(EVIDENCE), TEMPLATE_SAMPLE: String(SAMPLE) },
      { worker: false },
    );
  });
  beforeEach(async () => {
    noon += DAY;
    await at(0);
    shop = await aBusiness(platform);
    business = platform.business(shop.apiKey);
    template = await anApprovedTemplate(platform, business);
    crowd = await aCrowd(platform, 12, [shop]);
  });
  afterAll(() => platform.stop());

  const part = <Part>(type: new (...parts: never[]) => Part) => platform.app.get(type, { strict: false });
  const at = (milliseconds: number) => clockAt(platform, new Date(noon + milliseconds));
  const iso = (milliseconds: number) => new Date(noon + milliseconds).toISOString();
  const by = ({ name }: TestTemplate) => ({
    template: { name, parameters: [{ name: 'order', value: 'A-17' }] },
  });
  /** Messages of the template to members of the crowd, one each. */
  const messages = (from: number, to: number, changes: Record<string, unknown> = {}) =>
    crowd
      .slice(from, to)
      .map(({ contacts }) => aMessage(String(contacts[0]), { ...by(template), ...changes }));
  const deferrals = async (asked: Record<string, unknown>[]) =>
    (await sendAll(business, asked)).map(({ reason, deferredUntil }) => reason ?? deferredUntil);
  /** How many messages of the business stand how, after everything due was done. */
  async function standing(): Promise<Record<string, number>> {
    while (await part(DispatchMessages).execute());
    const { messages: page } = await business.do(
      '{ messages(first: 100) { nodes { status reason deferredBecause } } }',
    );
    const counts: Record<string, number> = {};
    for (const { status, reason, deferredBecause } of page.nodes) {
      const key = reason ?? deferredBecause ?? status;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }
  /** Reads what people did, judges by it, and lets go on what waited. */
  async function judge(): Promise<void> {
    while (await part(ExtendLog).execute());
    while (await part(ReadStops).execute());
    await judgeAll(platform);
    await part(ReleaseHeld).execute();
  }
  /** So many people who read a message of the template now. */
  async function readers(count: number): Promise<void> {
    const people = await aCrowd(platform, count, [shop]);
    await platform.database.sql(
      `INSERT INTO quality_signal (lane, contact_id, subject_id, business_id, person_id, joined_at, first_at, read_at, last_at)
        SELECT c.lane, c.id, $2, c.business_id, c.person_id, assent_now(), assent_now(), assent_now(), assent_now()
        FROM contact c WHERE c.person_id = ANY ($1::uuid[])`,
      [people.map(({ personId }) => personId), parsePublicId('tpl', template.id)],
    );
  }
  /** People who get the template, and of whom one reports it, one blocks the business, one stops it. */
  async function takenBadly(): Promise<void> {
    const people = await reachablePeople(platform, business, EVIDENCE);
    const asked = people.map(({ contact }) => aMessage(contact, by(template)));
    expect(await deferrals(asked)).toEqual([null, null, null]);
    while (await part(DispatchMessages).execute());
    const [reporter, blocker, stopper] = people as [Reachable, Reachable, Reachable];
    const { inbox } = await reporter.person.api.do('{ inbox(first: 1) { nodes { id } } }');
    await change(reporter, 'reportMessage', { message: inbox.nodes[0].id, kind: 'SPAM' });
    await change(blocker, 'block', { business: shop.id });
    await change(stopper, 'stop', { business: shop.id, purpose: 'SERVICE' });
  }
  const change = ({ person }: Reachable, operation: string, input: Record<string, unknown>) => {
    const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input`;
    return person.api.do(`mutation ($input: ${type}!) { ${operation}(input: $input) { __typename } }`, {
      input,
    });
  };

  it('lets a sample go and holds back the rest until that has been out for an hour, to the millisecond', async () => {
    expect(await deferrals(messages(0, 6))).toEqual([null, null, null, null, iso(HOUR), iso(HOUR)]);
    expect(await standing()).toEqual({ DISPATCHED: SAMPLE, TEMPLATE_PACING: 2 });
    await at(HOUR - 1);
    expect(await deferrals(messages(6, 7))).toEqual([iso(HOUR)]);
    expect(await standing()).toEqual({ DISPATCHED: SAMPLE, TEMPLATE_PACING: 3 });
    await at(HOUR);
    expect(await standing()).toEqual({ DISPATCHED: SAMPLE + 3 });
    expect(await deferrals(messages(7, 12))).toEqual([null, null, null, null, null]);
    expect(await deferrals(messages(0, 6))).toEqual([null, null, null, null, null, null]);
  });

  it('refuses what is not to wait, until the time that it names', async () => {
    await deferrals(messages(0, SAMPLE));
    const [refused] = await sendAll(business, messages(4, 5, { whenLimited: 'REFUSE' }));
    expect(refused).toMatchObject({ reason: 'TEMPLATE_PACING', retryAt: iso(HOUR) });
    await at(HOUR - 1);
    expect(await deferrals(messages(4, 5, { whenLimited: 'REFUSE' }))).toEqual(['TEMPLATE_PACING']);
    await at(HOUR);
    expect(await deferrals(messages(4, 5, { whenLimited: 'REFUSE' }))).toEqual([null]);
  });

  it('says in a preflight and in the limits how much of the sample is left', async () => {
    await deferrals(messages(0, 3));
    const foreseen = await preflight(business, messages(3, 5));
    expect(
      foreseen.map(({ outcome, because, budgets }) => [
        outcome,
        because?.gate,
        budgets.find(({ name }) => name === 'TEMPLATE_SAMPLE'),
      ]),
    ).toEqual([
      ['ALLOWED', undefined, expect.objectContaining({ limit: SAMPLE, used: 3, remaining: 1 })],
      ['DEFERRED', 'PACING', expect.objectContaining({ used: 4, remaining: 0, nextFreeAt: iso(HOUR) })],
    ]);
    const { limits } = await business.do('{ limits { all { name limit used } } }');
    expect(limits.all).toContainEqual({ name: 'TEMPLATE_SAMPLE', limit: SAMPLE, used: null });
    expect(await deferrals(messages(3, 5))).toEqual([null, iso(HOUR)]);
  });

  it('holds up nobody who sends a few at a time', async () => {
    for (let hour = 0; hour < 8; hour++) {
      await at(hour * HOUR);
      expect(await deferrals(messages(hour, hour + 1))).toEqual([null]);
    }
  });

  it('goes at once when people took the sample well', async () => {
    await deferrals(messages(0, 6));
    await at(MINUTE);
    await readers(96);
    await judge();
    expect(await standing()).toEqual({ DISPATCHED: 6 });
    expect(await deferrals(messages(6, 12))).toEqual([null, null, null, null, null, null]);
  });

  it('is paused when people took the sample badly: what waits ends, and a new sample goes first', async () => {
    // What people did with a former version says nothing of this one.
    await readers(200);
    await at(MINUTE);
    await takenBadly();
    expect(await deferrals(messages(0, 3))).toEqual([null, expect.any(String), expect.any(String)]);
    expect(await standing()).toEqual({ DISPATCHED: SAMPLE, TEMPLATE_PACING: 2 });
    await at(2 * MINUTE);
    await judge();
    expect(await templateOf(business, template.id)).toMatchObject({
      state: 'PAUSED',
      pausedUntil: iso(2 * MINUTE + 3 * HOUR),
      stoppedBecause: expect.stringContaining('sample'),
    });
    expect(await standing()).toEqual({ DISPATCHED: SAMPLE, TEMPLATE_SAMPLE_FAILED: 2 });
    expect(await part(PauseTemplatesByQuality).execute()).toBe(0);
    expect(await deferrals(messages(3, 4))).toEqual(['TEMPLATE_PAUSED']);

    const after = 2 * MINUTE + 3 * HOUR;
    await at(after);
    const again = iso(after + HOUR);
    expect(await deferrals(messages(3, 8))).toEqual([null, null, null, null, again]);
  });

  it('is paced like the first one, although that is proven', async () => {
    await deferrals(messages(0, SAMPLE));
    await at(HOUR);
    expect(await deferrals(messages(4, 5))).toEqual([null]);
    await editTemplate(business, template.id, {
      texts: [{ language: 'en', body: 'Your order {order} is with our courier.' }],
    });
    const { template: submitted } = await submitTemplate(business, template.id);
    await approveTemplate(
      platform,
      String(submitted?.versions.find(({ state }) => state === 'IN_REVIEW')?.id),
    );
    const until = iso(2 * HOUR);
    expect(await deferrals(messages(0, 6))).toEqual([null, null, null, null, until, until]);
  });

  it('has what is scheduled go first, or wait behind it, when it goes: not when it was accepted', async () => {
    const sendAt = iso(2 * DAY);
    expect(await deferrals(messages(0, 6, { sendAt }))).toEqual(Array.from({ length: 6 }, () => sendAt));
    // Two days later nobody has got any of it yet.
    await at(2 * DAY - MINUTE);
    const [foreseen] = await preflight(business, messages(6, 7));
    expect(foreseen?.budgets).toContainEqual(
      expect.objectContaining({ name: 'TEMPLATE_SAMPLE', used: 0, remaining: SAMPLE }),
    );
    expect(await standing()).toEqual({ SCHEDULED: 6 });
    await at(2 * DAY);
    expect(await standing()).toEqual({ DISPATCHED: SAMPLE, TEMPLATE_PACING: 2 });
    expect(await deferrals(messages(6, 7))).toEqual([iso(2 * DAY + HOUR)]);
    await at(2 * DAY + HOUR - 1);
    expect(await standing()).toEqual({ DISPATCHED: SAMPLE, TEMPLATE_PACING: 3 });
    await at(2 * DAY + HOUR);
    expect(await standing()).toEqual({ DISPATCHED: SAMPLE + 3 });
  });

  it('ends what was scheduled, and waits behind a sample that people took badly, or is not to wait', async () => {
    const sendAt = iso(10 * MINUTE);
    await deferrals(messages(0, 3, { sendAt }));
    await deferrals(messages(3, 4, { sendAt: iso(11 * MINUTE), whenLimited: 'REFUSE' }));
    await takenBadly();
    await at(10 * MINUTE);
    expect(await standing()).toEqual({ DISPATCHED: SAMPLE, TEMPLATE_PACING: 2, SCHEDULED: 1 });
    await at(11 * MINUTE);
    expect(await standing()).toEqual({ DISPATCHED: SAMPLE, TEMPLATE_PACING: 3 });
    const { messages: page } = await business.do('{ messages(first: 100) { nodes { status reason } } }');
    expect(page.nodes).toContainEqual({ status: 'SUPPRESSED', reason: 'TEMPLATE_PACING' });
    await judge();
    expect(await standing()).toEqual({ DISPATCHED: SAMPLE, TEMPLATE_PACING: 1, TEMPLATE_SAMPLE_FAILED: 2 });
  });

  it('has a larger or a smaller sample while an admin wants it', async () => {
    expect(
      await setLimit(platform, shop, 'TEMPLATE_SAMPLE', SAMPLE + 2, new Date(noon + 2 * HOUR)),
    ).toHaveProperty('override');
    expect((await deferrals(messages(0, 7))).slice(-2)).toEqual([null, iso(HOUR)]);
    const other = await anApprovedTemplate(platform, business);
    await at(2 * HOUR);
    expect((await deferrals(messages(0, 5, by(other)))).slice(-2)).toEqual([null, iso(3 * HOUR)]);
  });

  it('is not paced where it is a code, or in test mode', async () => {
    const code = await anApprovedTemplate(platform, business, { purpose: 'AUTHENTICATION' });
    expect(await deferrals(messages(0, 6, by(code)))).toEqual([null, null, null, null, null, null]);
    const test = await inTestMode(platform, shop.token);
    const somebody = await testContact(test, '00');
    const tried = await sendAll(
      test,
      Array.from({ length: SAMPLE + 2 }, () => aMessage(somebody, by(template))),
    );
    expect(tried.map(({ reason, deferredUntil }) => reason ?? deferredUntil)).toEqual(
      Array.from({ length: SAMPLE + 2 }, () => null),
    );
  });
});
