import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, parsePublicId } from '@assent/platform';
import { PauseTemplate } from '@assent/templates';
import { DispatchMessages } from '@assent/messaging';
import { aBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import {
  aMessage,
  reachablePeople,
  type Reachable,
  send,
  sendAll,
  wasAccepted,
} from '../support/builders/messaging.js';
import {
  anApprovedTemplate,
  approveTemplate,
  aTemplateInReview,
  createTemplate,
  editTemplate,
  submitTemplate,
} from '../support/builders/templates.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const HOUR = 3_600_000;

let platform: TestPlatform;
let business: GraphQLClient;
let people: Reachable[];
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  business = platform.business((await aBusiness(platform)).apiKey);
  people = await reachablePeople(platform, business, 12);
});
afterAll(() => platform.stop());

const somebody = () => {
  const next = people.pop();
  if (!next) throw new Error('More people are needed');
  return next;
};
const by = (name: string, values: Record<string, string> = {}, language?: string) => ({
  template: {
    name,
    language,
    parameters: Object.entries(values).map(([parameter, value]) => ({ name: parameter, value })),
  },
});
const messageOf = async (id: string | undefined, client = business) => {
  const { message } = await client.do<{ message: Record<string, unknown> }>(
    `query ($id: ID!) { message(id: $id) { text purpose status reason deferredUntil deferredBecause
      template { id name version language } } }`,
    { id },
  );
  return message;
};
const windowOf = async (contact: string, client: GraphQLClient) => {
  const { contact: found } = await client.do<{ contact: { serviceWindow: unknown } }>(
    `query ($id: ID!) { contact(by: { id: $id }) { serviceWindow { open closesAt } } }`,
    { id: contact },
  );
  return found.serviceWindow;
};
const pause = (id: string) =>
  platform.app
    .get(Database, { strict: false })
    .transaction({ role: 'engine' }, async (tx) =>
      platform.app
        .get(PauseTemplate, { strict: false })
        .execute(tx, parsePublicId('tpl', id) ?? '', await tx.now(), 'Blocked by many.'),
    );
const dispatch = async () => {
  const messages = platform.app.get(DispatchMessages, { strict: false });
  while (await messages.execute());
};

describe('a message by template', () => {
  it('says what is approved once its turn at the business has come, though something else was when it came', async () => {
    const { id, name } = await anApprovedTemplate(platform, business);
    const { contact } = somebody();
    // Met by name, it is filled in ahead from then on.
    await send(business, contact, by(name, { order: 'A-0' }));
    const other = new pg.Client({ connectionString: platform.database.appUrl });
    await other.connect();
    await other.query('BEGIN; SET LOCAL ROLE assent_engine; SELECT FROM business_guard FOR NO KEY UPDATE');
    const sent = send(business, contact, by(name, { order: 'A-1' }));
    await until('it waits for its turn', async () => {
      const [row] = await platform.database.sql<{ waiting: boolean }>(
        `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
          AND wait_event_type = 'Lock' AND query LIKE '%business_guard%') AS waiting`,
      );
      return row?.waiting;
    });
    await editTemplate(business, id, { texts: [{ language: 'en', body: 'We sent {order} today.' }] });
    const { template } = await submitTemplate(business, id);
    await approveTemplate(platform, template?.versions.at(0)?.id ?? '');
    await other.end();
    expect(await messageOf((await sent).id)).toMatchObject({
      text: 'We sent A-1 today.',
      template: { name, version: 2 },
    });
  });

  it('says what the template says, in the language that is fallen back to, and is for what it is for', async () => {
    const { id, name } = await anApprovedTemplate(platform, business, {
      purpose: 'AUTHENTICATION',
      texts: [
        { language: 'en', body: 'Your code is {code}.' },
        { language: 'pt', body: 'Seu código é {code}.' },
      ],
      parameters: [{ name: 'code', type: 'TEXT', example: '123 456' }],
    });
    const { contact } = somebody();
    const sent = await send(business, contact, by(name, { code: '{code} 987' }, 'pt-BR'));
    expect(await messageOf(sent.id)).toMatchObject({
      text: 'Seu código é {code} 987.',
      purpose: 'AUTHENTICATION',
      template: { id, name, version: 1, language: 'pt' },
    });
  });

  it('is of the newest approved version, from its approval on', async () => {
    const { id, name } = await anApprovedTemplate(platform, business);
    const { contact } = somebody();
    const { template } = await editTemplate(business, id, {
      texts: [{ language: 'en', body: 'New: {order}' }],
    });
    await submitTemplate(business, id);
    const before = await send(business, contact, by(name, { order: 'A' }));
    await approveTemplate(platform, template?.versions[0]?.id ?? '');
    const after = await send(business, contact, by(name, { order: 'A' }));
    expect(await messageOf(before.id)).toMatchObject({
      text: 'Your order A is on its way.',
      template: { version: 1 },
    });
    expect(await messageOf(after.id)).toMatchObject({ text: 'New: A', template: { version: 2 } });
  });

  it('is refused where there is none of that name, or none approved', async () => {
    const { contact } = somebody();
    const { template } = await createTemplate(business);
    const inReview = await aTemplateInReview(business);
    const results = await sendAll(
      business,
      ['nothing', template?.name ?? '', inReview.name].map((name) => aMessage(contact, by(name))),
    );
    expect(results.map(({ reason }) => reason)).toEqual([
      'TEMPLATE_UNKNOWN',
      'TEMPLATE_NOT_APPROVED',
      'TEMPLATE_NOT_APPROVED',
    ]);
  });

  it('is refused where a value does not fit, by its parameter, and answered so again', async () => {
    const { name } = await anApprovedTemplate(platform, business, {
      texts: [{ language: 'en', body: 'Pay {sum} for {order}' }],
      parameters: [
        { name: 'order', type: 'TEXT', example: 'A' },
        { name: 'sum', type: 'MONEY', example: '1.00 EUR' },
      ],
    });
    const { contact } = somebody();
    const wrong = { ...by(name, { order: 'A', sum: 'much' }), idempotencyKey: 'wrong-sum' };
    const refused = await send(business, contact, wrong);
    expect(refused).toMatchObject({ reason: 'TEMPLATE_PARAMETERS', parameter: 'sum', retryAt: null });
    expect(await send(business, contact, wrong)).toEqual({ ...refused, replayed: true });
    expect(await send(business, contact, by(name, { sum: '1.00 EUR' }))).toMatchObject({
      parameter: 'order',
    });
    expect(
      await send(business, contact, by(name, { order: 'https://evil.example', sum: '1.00 EUR' })),
    ).toMatchObject({
      reason: 'TEMPLATE_PARAMETERS',
      parameter: 'order',
    });
  });

  it('is refused where its values make it too long', async () => {
    const { name } = await anApprovedTemplate(platform, business, {
      texts: [{ language: 'en', body: '{order}'.repeat(5) }],
    });
    const long = await send(business, somebody().contact, by(name, { order: 'x'.repeat(1_000) }));
    expect(long).toMatchObject({ reason: 'CONTENT_TOO_LONG', retryAt: null });
  });

  it('is another message with other values, or in another language', async () => {
    const { name } = await anApprovedTemplate(platform, business);
    const { contact } = somebody();
    const key = { idempotencyKey: 'same-key' };
    expect(wasAccepted(await send(business, contact, { ...by(name, { order: 'A' }), ...key }))).toBe(true);
    expect(await send(business, contact, { ...by(name, { order: 'A' }), ...key })).toHaveProperty(
      'replayed',
      true,
    );
    for (const other of [by(name, { order: 'B' }), by(name, { order: 'A' }, 'de')]) {
      expect(await send(business, contact, { ...other, ...key })).toMatchObject({
        reason: 'IDEMPOTENCY_CONFLICT',
      });
    }
  });

  it.each([
    ['both', { text: 'Hello' }],
    ['a language that is none', by('any-service', { text: 'x' }, 'de_DE')],
  ])('is bad input with %s', async (_, changes) => {
    const { errors } = await business.raw(
      `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }`,
      { input: { ...aMessage('ctc_x'), ...changes } },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('a pause of the template', () => {
  it('refuses until its end, and lets wait what was accepted; disabled, it ends what was', async () => {
    const { id, name } = await anApprovedTemplate(platform, business);
    const { contact } = somebody();
    const order = by(name, { order: 'A' });
    try {
      const queued = await send(business, contact, order);
      await pause(id);
      const refused = await send(business, contact, order);
      expect(refused).toMatchObject({ reason: 'TEMPLATE_PAUSED', retryAt: expect.any(String) });
      await dispatch();
      expect(await messageOf(queued.id)).toMatchObject({
        status: 'ACCEPTED',
        deferredBecause: 'TEMPLATE_PAUSED',
        deferredUntil: refused.retryAt,
      });

      await platform.shiftClock(3 * HOUR + 60_000);
      expect(wasAccepted(await send(business, contact, order))).toBe(true);
      await dispatch();
      expect(await messageOf(queued.id)).toMatchObject({ status: 'DISPATCHED' });

      const last = await send(business, contact, order);
      await pause(id);
      await dispatch();
      await platform.shiftClock(10 * HOUR);
      await pause(id);
      expect(await send(business, contact, order)).toMatchObject({
        reason: 'TEMPLATE_DISABLED',
        retryAt: null,
      });
      await dispatch();
      expect(await messageOf(last.id)).toMatchObject({ status: 'SUPPRESSED', reason: 'TEMPLATE_DISABLED' });
    } finally {
      await platform.shiftClock(0);
    }
  });
});

describe('free words', () => {
  it('are taken in the 24 hours after the person wrote, and shown as SERVICE', async () => {
    // Of its own: the throughput of the other one was spent by a clock that ran ahead.
    const own = await aBusiness(platform);
    const client = platform.business(own.apiKey);
    const { person, contact } = (await reachablePeople(platform, client, 1))[0] as Reachable;
    expect(await windowOf(contact, client)).toEqual({ open: false, closesAt: null });
    expect(await send(client, contact, { freeForm: 'Hello?' })).toMatchObject({
      reason: 'SERVICE_WINDOW_CLOSED',
      retryAt: null,
    });
    try {
      await write(person.api, own.id, 'Where is my order?');
      const { open, closesAt } = (await windowOf(contact, client)) as { open: boolean; closesAt: string };
      expect(open).toBe(true);
      const answer = await send(client, contact, { freeForm: 'On its way: https://example.com' });
      expect(await messageOf(answer.id, client)).toMatchObject({
        text: 'On its way: https://example.com',
        purpose: 'SERVICE',
        template: null,
      });

      await platform.shiftClock(new Date(closesAt).getTime() - Date.now() + 1_000);
      expect(await windowOf(contact, client)).toEqual({ open: false, closesAt });
      expect(await send(client, contact, { freeForm: 'Too late' })).toMatchObject({
        reason: 'SERVICE_WINDOW_CLOSED',
      });
      // It was taken while the window was open, and the person asked: it becomes visible.
      await dispatch();
      expect(await messageOf(answer.id, client)).toMatchObject({ status: 'DISPATCHED' });
    } finally {
      await platform.shiftClock(0);
    }
  });
});
