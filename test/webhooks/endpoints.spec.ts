import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { reachablePeople, send } from '../support/builders/messaging.js';
import {
  aReceiver,
  anEndpoint,
  endpointBy,
  endpointsOf,
  eventsOf,
  isSigned,
  triesAt,
  webhookCall,
} from '../support/builders/webhooks.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({ PAIR_BURST: '1000' });
});
afterAll(() => platform.stop());

const owner = ({ token }: TestBusiness) => platform.business(token);
const BOTH = ['message.status', 'message.received'];

describe('an endpoint', () => {
  it('gets every step of a message, signed as Standard Webhooks, with nothing but handles', async () => {
    await using receiver = await aReceiver();
    const business = await aBusiness(platform);
    const { secret, id } = await anEndpoint(owner(business), receiver.url, BOTH);
    const api = platform.business(business.apiKey);
    const [{ contact, person } = { contact: '', person: undefined }] = await reachablePeople(
      platform,
      api,
      1,
    );
    const message = await send(api, contact);

    await until('the step comes', async () => receiver.received.length >= 1);
    const [first] = receiver.received;
    expect(first?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Assent-Webhooks',
    });
    expect(JSON.parse(first?.body ?? '')).toEqual({
      type: 'message.status',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        message: message.id,
        contact,
        sequence: 1,
        status: 'DISPATCHED',
        step: 1,
        deliveredBy: null,
        reason: null,
      },
    });
    expect(isSigned(secret, first!)).toBe(true);
    expect(isSigned(secret, { ...first!, body: `${first?.body} ` })).toBe(false);
    expect(first?.body).not.toContain(person!.phone.slice(1));

    await person!.api.do(
      `mutation ($input: WriteToBusinessInput!) { writeToBusiness(input: $input) { __typename } }`,
      { input: { business: business.id, text: 'When will it come?', idempotencyKey: 'one' } },
    );
    await until('what the person wrote is told', async () => receiver.received.length >= 2);
    const [, second] = receiver.received;
    expect(second).toMatchObject({
      type: 'message.received',
      data: { contact, sequence: 2, message: expect.stringMatching(/^msg_/) },
    });
    expect(second?.body).not.toContain('come');

    const events = await eventsOf(api);
    expect(events.map((event) => event.payload)).toEqual(receiver.received.map(({ body }) => body));
    expect(events.map((event) => event.id)).toEqual(receiver.received.map((one) => one.id));
    await until('results are noted', async () => (await triesAt(owner(business), id)).length === 2);
    expect((await triesAt(owner(business), id))[1]).toMatchObject({
      event: first?.id,
      type: 'message.status',
      attempt: 1,
      statusCode: 204,
      delivered: true,
      failure: null,
      retryAt: null,
    });
    expect(await endpointBy(owner(business), id)).toMatchObject({
      status: 'ENABLED',
      openDeliveries: 0,
      failures: 0,
      lastSuccessAt: expect.any(String),
    });
  });

  it('gets only the types that it chose', async () => {
    await using receiver = await aReceiver();
    const business = await aBusiness(platform);
    const { id } = await anEndpoint(owner(business), receiver.url, ['message.received']);
    const api = platform.business(business.apiKey);
    const [reachable] = await reachablePeople(platform, api, 1);
    await send(api, reachable!.contact);
    await until('the step is told', async () => (await eventsOf(api)).length === 1);
    await reachable!.person.api.do(
      `mutation ($input: WriteToBusinessInput!) { writeToBusiness(input: $input) { __typename } }`,
      { input: { business: business.id, text: 'Hello', idempotencyKey: 'one' } },
    );
    await until('one comes', async () => receiver.received.length > 0);
    expect(receiver.received.map(({ type }) => type)).toEqual(['message.received']);

    await webhookCall(owner(business), 'updateWebhookEndpoint', { id, types: ['message.status'] });
    await send(api, reachable!.contact);
    await until('another comes', async () => receiver.received.length > 1);
    expect(receiver.received[1]?.type).toBe('message.status');
  });

  it('is tested by an event of its own, once', async () => {
    await using receiver = await aReceiver((_, response) => void response.writeHead(500).end());
    const business = await aBusiness(platform);
    const { id, secret } = await anEndpoint(owner(business), receiver.url);
    await using other = await aReceiver();
    await anEndpoint(owner(business), other.url, BOTH);
    const { event } = await webhookCall(owner(business), 'testWebhookEndpoint', { id });
    const [tried] = await until('it was tried', async () => {
      const tries = await triesAt(owner(business), id);
      return tries.length > 0 && tries;
    });
    expect(tried).toMatchObject({
      event,
      type: 'webhook.test',
      statusCode: 500,
      failure: 'BAD_STATUS',
      retryAt: null,
    });
    expect(receiver.received[0]).toMatchObject({ id: event, type: 'webhook.test', data: { endpoint: id } });
    expect(isSigned(secret, receiver.received[0]!)).toBe(true);
    expect((await endpointBy(owner(business), id)).openDeliveries).toBe(0);
    expect(other.received).toEqual([]);
    expect(await eventsOf(platform.business(business.apiKey))).toEqual([]);
  });

  it('that is paused gets what it missed once it is enabled', async () => {
    await using receiver = await aReceiver();
    const business = await aBusiness(platform);
    const { id } = await anEndpoint(owner(business), receiver.url);
    await webhookCall(owner(business), 'updateWebhookEndpoint', { id, status: 'PAUSED' });
    const api = platform.business(business.apiKey);
    const [reachable] = await reachablePeople(platform, api, 1);
    for (let nr = 0; nr < 3; nr++) await send(api, reachable!.contact);
    await until('all are told', async () => (await eventsOf(api)).length === 3);
    expect(await webhookCall(owner(business), 'testWebhookEndpoint', { id })).toMatchObject({
      reason: 'ENDPOINT_NOT_ENABLED',
    });
    expect(receiver.received).toEqual([]);
    await webhookCall(owner(business), 'updateWebhookEndpoint', { id, status: 'ENABLED' });
    await until('all come', async () => receiver.received.length === 3);
  });

  it('is signed by both secrets while one takes over from the other', async () => {
    await using receiver = await aReceiver();
    const business = await aBusiness(platform);
    const { id, secret } = await anEndpoint(owner(business), receiver.url);
    const test = async () => {
      const count = receiver.received.length;
      await webhookCall(owner(business), 'testWebhookEndpoint', { id });
      await until('it comes', async () => receiver.received.length > count);
      return receiver.received.at(-1)!;
    };
    const rotated = await webhookCall(owner(business), 'rotateWebhookSecret', { id, overlapHours: 2 });
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.endpoint.previousSecretUntil).not.toBeNull();
    const during = await test();
    expect([isSigned(secret, during), isSigned(rotated.secret, during)]).toEqual([true, true]);

    await platform.shiftClock(2 * 3_600_000 + 1_000);
    const afterwards = await test();
    expect([isSigned(secret, afterwards), isSigned(rotated.secret, afterwards)]).toEqual([false, true]);
    expect((await endpointBy(owner(business), id)).previousSecretUntil).toBeNull();

    const last = await webhookCall(owner(business), 'rotateWebhookSecret', { id, overlapHours: 0 });
    const atOnce = await test();
    expect([isSigned(rotated.secret, atOnce), isSigned(last.secret, atOnce)]).toEqual([false, true]);
    await platform.shiftClock(0);
    const kept = await platform.database.sql<{ secret_sealed: Buffer }>(
      'SELECT secret_sealed FROM webhook_endpoint',
    );
    for (const { secret_sealed } of kept) expect(secret_sealed.toString('latin1')).not.toContain('whsec_');
  });

  it('that was deleted gets nothing more', async () => {
    await using receiver = await aReceiver((_, response) => void response.writeHead(503).end());
    const business = await aBusiness(platform);
    const { id } = await anEndpoint(owner(business), receiver.url);
    const api = platform.business(business.apiKey);
    const [reachable] = await reachablePeople(platform, api, 1);
    await send(api, reachable!.contact);
    await until('it was tried', async () => (await triesAt(owner(business), id)).length > 0);
    expect(await webhookCall(owner(business), 'deleteWebhookEndpoint', { id })).toMatchObject({ id });
    expect(await endpointsOf(owner(business))).toEqual([]);
    expect(
      await platform.database.sql(
        'SELECT FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id WHERE e.url = $1',
        [receiver.url],
      ),
    ).toEqual([]);
  });

  it('belongs to one business: others can neither see, change, test, feed nor delete it', async () => {
    await using receiver = await aReceiver();
    const [one, other] = [await aBusiness(platform), await aBusiness(platform)];
    const { id } = await anEndpoint(owner(one), receiver.url);
    expect(await endpointsOf(owner(other))).toEqual([]);
    expect(await triesAt(owner(other), id)).toEqual([]);
    const refused = { reason: 'ENDPOINT_NOT_FOUND' };
    const now = new Date().toISOString();
    for (const [operation, input] of [
      ['updateWebhookEndpoint', { id, status: 'PAUSED' }],
      ['rotateWebhookSecret', { id }],
      ['testWebhookEndpoint', { id }],
      ['deleteWebhookEndpoint', { id }],
      ['redeliverEvents', { endpoint: id, from: now, to: now }],
    ] as const) {
      expect(await webhookCall(owner(other), operation, input)).toMatchObject(refused);
    }
    expect(await endpointBy(owner(one), id)).toMatchObject({ status: 'ENABLED' });
    expect(receiver.received).toEqual([]);
  });

  it('is one of at most ten', async () => {
    const business = await aBusiness(platform);
    const made = await Promise.all(
      Array.from({ length: 12 }, () =>
        webhookCall(owner(business), 'createWebhookEndpoint', {
          url: 'https://example.com/',
          types: ['message.status'],
        }),
      ),
    );
    expect(made.filter(({ reason }) => reason === 'TOO_MANY_ENDPOINTS')).toHaveLength(2);
    expect(await endpointsOf(owner(business))).toHaveLength(10);
  });

  it('is not what an API key may add', async () => {
    const business = await aBusiness(platform);
    const { errors } = await platform.business(business.apiKey).raw('{ webhookEndpoints { id } }');
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it.each([
    ['url', 'not by FTP', { url: 'ftp://example.com' }],
    ['url', 'without a password', { url: 'https://user:secret@example.com' }],
    ['url', 'without a fragment', { url: 'https://example.com/#part' }],
    ['url', 'not too long', { url: `https://example.com/${'x'.repeat(2_048)}` }],
    ['types', 'at least one', { types: [] }],
    ['types', 'known ones', { types: ['everything'] }],
    ['types', 'not that of tests', { types: ['webhook.test'] }],
    ['description', 'not too long', { description: 'x'.repeat(201) }],
    ['description', 'well-formed', { description: 'Half of a pair: \ud83d' }],
  ])('has a proper %s: %s', async (field, _, changes) => {
    const business = await aBusiness(platform);
    const { errors } = await owner(business).raw(
      `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { __typename } }`,
      { input: { url: 'https://example.com/', types: ['message.status'], ...changes } },
    );
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: `input.${field}` }],
    });
  });
});
