import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExtendLog } from '@assent/consent';
import { PauseTemplatesByQuality, ReadStops, RestrictByQuality } from '@assent/limits';
import { DispatchMessages } from '@assent/messaging';
import { parsePublicId } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { aCrowd } from '../support/builders/crowd.js';
import { reachablePeople, type Reachable, send, wasAccepted } from '../support/builders/messaging.js';
import { countsOf, EVERYBODY_COUNTS, judgeAll } from '../support/builders/quality.js';
import { anApprovedTemplate, templateOf, type TestTemplate } from '../support/builders/templates.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const HOUR = 3_600_000;
const EVIDENCE = 3;

let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;
beforeAll(async () => {
  const settings = { ...EVERYBODY_COUNTS, RESTRICTION_EVIDENCE: String(EVIDENCE) };
  platform = await startPlatform(settings, { worker: false });
  shop = await aBusiness(platform);
  business = platform.business(shop.apiKey);
});
afterAll(() => platform.stop());

const part = <Part>(type: new (...parts: never[]) => Part) => platform.app.get(type, { strict: false });
async function dispatch(): Promise<void> {
  while (await part(DispatchMessages).execute());
}
/** Reads all that people did, and judges by it. @returns how many templates were paused */
async function judge(): Promise<number> {
  while (await part(ExtendLog).execute());
  while (await part(ReadStops).execute());
  await judgeAll(platform);
  return part(PauseTemplatesByQuality).execute();
}
const messageOf = async (id: string | undefined): Promise<any> =>
  (
    await business.do(
      'query ($id: ID!) { message(id: $id) { status reason deferredUntil deferredBecause } }',
      {
        id,
      },
    )
  ).message;
const by = ({ name }: TestTemplate) => ({
  template: { name, parameters: [{ name: 'order', value: 'A-17' }] },
});
const newest = async ({ person }: Reachable): Promise<string> =>
  (await person.api.do('{ inbox(first: 1) { nodes { id } } }')).inbox.nodes[0].id;
const change = ({ person }: Reachable, operation: string, input: Record<string, unknown>) => {
  const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input`;
  return person.api.do(`mutation ($input: ${type}!) { ${operation}(input: $input) { __typename } }`, {
    input,
  });
};
const qualityOf = async ({ id }: TestTemplate): Promise<any> => {
  const { template } = await business.do(
    `query ($by: TemplateByInput!) { template(by: $by) { quality { level score since evidence judgedAt
      inputs { outcome conversations } restoring { level } } } }`,
    { by: { id } },
  );
  return template.quality;
};
const exactlyOf = async ({ id }: TestTemplate): Promise<any> => {
  const [row] = await platform.database.sql(
    'SELECT level, silent, reads, replies, stops, blocks, reports FROM quality WHERE subject_id = $1',
    [parsePublicId('tpl', id)],
  );
  return row;
};

/** Three people who get a message of a template, and of whom one reports it, one blocks the business, one stops it. */
async function wave(template: TestTemplate): Promise<void> {
  const people = await reachablePeople(platform, business, EVIDENCE);
  for (const { contact } of people)
    expect(wasAccepted(await send(business, contact, by(template)))).toBe(true);
  await dispatch();
  const [reporter, blocker, stopper] = people as [Reachable, Reachable, Reachable];
  await change(reporter, 'reportMessage', { message: await newest(reporter), kind: 'SPAM' });
  await change(blocker, 'block', { business: shop.id });
  await change(stopper, 'stop', { business: shop.id, purpose: 'SERVICE' });
}

/** So many people who read a message of this template, and so did well to the business. */
async function readers(template: TestTemplate, count: number): Promise<void> {
  const crowd = await aCrowd(platform, count, [shop]);
  await platform.database.sql(
    `INSERT INTO quality_signal (lane, contact_id, subject_id, business_id, person_id, joined_at, first_at, read_at, last_at)
      SELECT c.lane, c.id, subject.id, c.business_id, c.person_id, assent_now(), assent_now(), assent_now(), assent_now()
      FROM contact c CROSS JOIN unnest($2::uuid[]) AS subject (id) WHERE c.person_id = ANY ($1::uuid[])`,
    [
      crowd.map(({ personId }) => personId),
      [parsePublicId('biz', shop.id), parsePublicId('tpl', template.id)],
    ],
  );
}

describe('quality of a template', () => {
  it('is made of what people did with its messages, and of answers and stops that came after one', async () => {
    const [first, second] = [
      await anApprovedTemplate(platform, business),
      await anApprovedTemplate(platform, business),
    ];
    const people = await reachablePeople(platform, business, 3);
    const [reader, writer, stopper] = people as [Reachable, Reachable, Reachable];
    for (const { contact } of people) await send(business, contact, by(first));
    await dispatch();
    await judge();
    for (const one of people) {
      await change(one, 'acknowledge', { messages: [await newest(one)], receipt: 'READ' });
    }
    for (const { contact } of [writer, stopper]) await send(business, contact, by(second));
    await dispatch();
    await judge();
    await write(writer.person.api, shop.id, 'Thank you, that suits me well');
    await change(stopper, 'stop', { business: shop.id, purpose: 'SERVICE' });
    await dispatch();
    await judge();
    expect(await exactlyOf(first)).toMatchObject({ reads: 3, replies: 0, stops: 0 });
    expect(await exactlyOf(second)).toMatchObject({ reads: 0, replies: 1, stops: 1 });

    await change(stopper, 'allow', { business: shop.id, purpose: 'SERVICE' });
    await dispatch();
    await judge();
    expect(await exactlyOf(second)).toMatchObject({ replies: 1, stops: 0 });
    expect(await qualityOf(second)).toMatchObject({
      level: 'YELLOW',
      evidence: 0,
      judgedAt: expect.any(String),
    });

    await change(reader, 'reportMessage', { message: await newest(reader), kind: 'SPAM' });
    const other = (await reachablePeople(platform, business, 1))[0] as Reachable;
    await send(business, other.contact, { text: 'Of another template' });
    await dispatch();
    await judge();
    expect(await exactlyOf(first)).toMatchObject({ reads: 2, reports: 1 });
    const events = await platform.database.sql<{ data: any }>(
      `SELECT data FROM event WHERE type = 'template_quality.changed' AND data ->> 'template' = $1 ORDER BY id`,
      [first.id],
    );
    expect(events.map(({ data }) => data.to)).toEqual(['YELLOW', 'RED']);
  });

  it('pauses one that is RED for 3 hours, then 6, then disables it, and lets others go on; an appeal begins anew', async () => {
    const [bad, good] = [
      await anApprovedTemplate(platform, business),
      await anApprovedTemplate(platform, business),
    ];
    await readers(good, 300);
    const [{ contact }] = (await reachablePeople(platform, business, 1)) as [Reachable];
    let now = 0;
    for (const hours of [3, 6]) {
      await wave(bad);
      const queued = await send(business, contact, by(bad));
      expect(await judge()).toBe(1);
      await dispatch();
      expect([await judge(), await qualityOf(bad)]).toMatchObject([
        0,
        { level: 'RED', restoring: { level: 'YELLOW' } },
      ]);
      const { state, pausedUntil, stoppedBecause } = await templateOf(business, bad.id);
      expect({ state, stoppedBecause }).toEqual({
        state: 'PAUSED',
        stoppedBecause: expect.stringContaining('RED'),
      });
      expect(Date.parse(pausedUntil ?? '') - Date.now() - now).toBeGreaterThan((hours - 0.1) * HOUR);
      expect(Date.parse(pausedUntil ?? '') - Date.now() - now).toBeLessThanOrEqual(hours * HOUR);
      expect(await send(business, contact, by(bad))).toMatchObject({
        reason: 'TEMPLATE_PAUSED',
        retryAt: pausedUntil,
      });
      expect(wasAccepted(await send(business, contact, by(good)))).toBe(true);
      expect(await messageOf(queued.id)).toMatchObject({
        status: 'ACCEPTED',
        deferredBecause: 'TEMPLATE_PAUSED',
        deferredUntil: pausedUntil,
      });

      now += hours * HOUR + 60_000;
      await platform.shiftClock(now);
      await dispatch();
      expect(await messageOf(queued.id)).toMatchObject({ status: 'DISPATCHED' });
      expect(await judge()).toBe(0);
      expect((await templateOf(business, bad.id)).state).toBe('APPROVED');
    }
    await wave(bad);
    const queued = await send(business, contact, by(bad));
    expect(await judge()).toBe(1);
    await dispatch();
    expect(await messageOf(queued.id)).toMatchObject({ status: 'SUPPRESSED', reason: 'TEMPLATE_DISABLED' });
    expect((await templateOf(business, bad.id)).state).toBe('DISABLED');
    expect(await send(business, contact, by(bad))).toMatchObject({
      reason: 'TEMPLATE_DISABLED',
      retryAt: null,
    });
    expect(await qualityOf(good)).toMatchObject({ level: 'GREEN' });
    expect(countsOf(await qualityOf(good))).toEqual({ READ: 300 });
    expect(wasAccepted(await send(business, contact, by(good)))).toBe(true);
    expect(await part(RestrictByQuality).execute()).toBe(0);

    const { appealTemplate } = await business.do(
      `mutation ($input: AppealTemplateInput!) { appealTemplate(input: $input) {
        ... on AppealTemplatePayload { appeal { id } } } }`,
      { input: { id: bad.id, words: 'It is what our customers asked for.' } },
    );
    const { decideTemplateAppeal } = await platform.admin().do(
      `mutation ($input: DecideTemplateAppealInput!) { decideTemplateAppeal(input: $input) {
        ... on DecideTemplateAppealPayload { case { template { quality { level inputs { outcome conversations } } } } } } }`,
      { input: { appeal: appealTemplate.appeal.id, uphold: true, reason: 'Looked at again.' } },
    );
    const { quality } = decideTemplateAppeal.case.template;
    expect([quality.level, countsOf(quality)]).toEqual(['RED', { REPORTED: 3, BLOCKED: 3, STOPPED: 3 }]);
    expect([await judge(), await qualityOf(bad)]).toMatchObject([0, { level: 'RED' }]);
    expect(wasAccepted(await send(business, contact, by(bad)))).toBe(true);
    await wave(bad);
    expect(await judge()).toBe(1);
    const { state, pausedUntil } = await templateOf(business, bad.id);
    expect(state).toBe('PAUSED');
    expect(Date.parse(pausedUntil ?? '') - Date.now() - now).toBeLessThanOrEqual(3 * HOUR);
  });
});
