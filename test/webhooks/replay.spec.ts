import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, anUnverifiedBusiness, approve, submitByFile } from '../support/builders/accounts.js';
import { reachablePeople, send, sendAll, aMessage } from '../support/builders/messaging.js';
import { aReceiver, anEndpoint, endpointBy, eventsOf, webhookCall } from '../support/builders/webhooks.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const DAY = 24 * 3_600_000;

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({ PAIR_BURST: '1000' });
});
afterAll(() => platform.stop());

/** A business with people, and how to message all of them at once. */
async function aBusySender(people: number) {
  const business = await aBusiness(platform);
  const api = platform.business(business.apiKey);
  const reachable = await reachablePeople(platform, api, people);
  return {
    owner: platform.business(business.token),
    business,
    api,
    reachable,
    sendToAll: () =>
      sendAll(
        api,
        reachable.map(({ contact }) => aMessage(contact)),
      ),
  };
}

describe('events read by cursor', () => {
  it('miss none and repeat none, however the pages fall, while others are being written', async () => {
    const { api, sendToAll } = await aBusySender(10);
    const ROUNDS = 12;
    const sending = (async () => {
      await Promise.all(Array.from({ length: ROUNDS }, () => sendToAll()));
    })();
    const read: string[] = [];
    let after: string | null = null;
    await until(
      'all were read',
      async () => {
        const events = await eventsOf(api, { after, first: 1 + Math.floor(Math.random() * 7) });
        read.push(...events.map(({ id }) => id));
        after = events.at(-1)?.id ?? after;
        return read.length >= 10 * ROUNDS;
      },
      40_000,
    );
    await sending;
    expect(new Set(read).size).toBe(read.length);
    expect(read).toEqual((await eventsOf(api)).map(({ id }) => id));
    expect(read).toHaveLength(10 * ROUNDS);
    expect(await eventsOf(api, { after })).toEqual([]);
  });

  it('are of one business, and of the types that are asked for', async () => {
    const { api, sendToAll } = await aBusySender(1);
    const other = await aBusySender(1);
    await sendToAll();
    const [event] = await until('it is there', async () => {
      const events = await eventsOf(api);
      return events.length > 0 && events;
    });
    expect(await eventsOf(other.api, { after: event!.id })).toEqual([]);
    expect(await eventsOf(other.api)).toEqual([]);
    expect(await eventsOf(api, { types: ['message.received'] })).toEqual([]);
    const bad = await api.raw('{ events(after: "evt_1") { nodes { id } } }');
    expect(bad.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: 'events.after' }],
    });
    const unknown = await api.raw('{ events(types: ["all"]) { nodes { id } } }');
    expect(unknown.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: 'events.types' }],
    });
  });

  it('are kept for 30 days', async () => {
    const { api, sendToAll, business } = await aBusySender(1);
    await sendToAll();
    await until('it is there', async () => (await eventsOf(api)).length === 1);
    await platform.shiftClock(29 * DAY);
    expect(await eventsOf(api)).toHaveLength(1);
    await platform.shiftClock(31 * DAY);
    expect(await eventsOf(api)).toEqual([]);
    await platform.shiftClock(0);
    expect(business.id).toMatch(/^biz_/);
  });
});

describe('delivering again', () => {
  it('brings named events once more, under the same ids', async () => {
    const { owner, sendToAll } = await aBusySender(3);
    await using receiver = await aReceiver();
    const { id } = await anEndpoint(owner, receiver.url);
    await sendToAll();
    await until('all come', async () => receiver.received.length === 3);
    const [first, second] = receiver.received;
    const other = await aBusySender(1);
    await using elsewhere = await aReceiver();
    await anEndpoint(other.owner, elsewhere.url);
    await other.sendToAll();
    await until('another business gets its own', async () => elsewhere.received.length === 1);

    const ids = [first!.id, second!.id, elsewhere.received[0]!.id];
    const again = await webhookCall(owner, 'redeliverEvents', { endpoint: id, ids });
    expect(again).toMatchObject({ count: 2, endpoint: { id } });
    await until('both come again', async () => receiver.received.length === 5);
    const [, , , ...later] = receiver.received;
    expect(new Set(later.map((one) => one.id))).toEqual(new Set(ids.slice(0, 2)));
    expect(new Set(later.map(({ body }) => body))).toEqual(new Set([first!.body, second!.body]));
  });

  it('brings a range of time once more, to an endpoint that was not there then', async () => {
    const { owner, sendToAll } = await aBusySender(20);
    const from = new Date();
    for (let round = 0; round < 4; round++) await sendToAll();
    await until('all were dispatched', async () => (await eventsOf(owner)).length === 80);
    await using receiver = await aReceiver();
    await anEndpoint(owner, receiver.url, ['message.status']);
    const { endpoint } = await webhookCall(owner, 'createWebhookEndpoint', {
      url: receiver.url.replace('hooks', 'late'),
      types: ['message.status'],
    });
    const to = new Date(Date.now() + 1);
    await until('that time is over', async () => Date.now() > to.getTime() + 5);
    await sendToAll();
    const late = () => receiver.received.filter(({ path }) => path === '/late');
    await until('what comes later comes', async () => late().length >= 20);
    const before = new Set(late().map((one) => one.id));

    await webhookCall(owner, 'redeliverEvents', {
      endpoint: endpoint.id,
      from: from.toISOString(),
      to: to.toISOString(),
    });
    await until('the range is through', async () => new Set(late().map((one) => one.id)).size === 100);
    const events = await eventsOf(owner);
    expect(new Set(late().map((one) => one.id))).toEqual(new Set(events.map((event) => event.id)));
    await until('nothing is open', async () => (await endpointBy(owner, endpoint.id)).openDeliveries === 0);
    // The range ended where it was to end: of what came later nothing came again.
    const counts = late().filter(
      (one) => before.has(one.id) && Date.parse(JSON.parse(one.body).timestamp) >= to.getTime(),
    );
    expect(counts.length).toBe(20);
    const ranges = await platform.database.sql('SELECT FROM webhook_feed WHERE until_at IS NOT NULL');
    expect(ranges).toEqual([]);
  });

  it('is refused where there is too much of it', async () => {
    const { owner } = await aBusySender(1);
    await using receiver = await aReceiver((_, response) => void response.writeHead(503).end());
    const { id } = await anEndpoint(owner, receiver.url);
    const uuid = `(SELECT id FROM webhook_endpoint WHERE url = '${receiver.url}')`;
    await platform.database
      .sql(`INSERT INTO webhook_delivery (endpoint_id, event_xid, event_id, business_id, began_at, due_at)
      SELECT e.id, '3', gen_random_uuid(), e.business_id, now(), now() + interval '1 day'
      FROM webhook_endpoint e, generate_series(1, 1000) WHERE e.id = ${uuid}`);
    expect(await webhookCall(owner, 'testWebhookEndpoint', { id })).toMatchObject({
      reason: 'TOO_MANY_DELIVERIES',
    });
    await platform.database
      .sql(`INSERT INTO webhook_feed (id, endpoint_id, business_id, xid, event_id, from_at, until_at, moved_at)
      SELECT gen_random_uuid(), e.id, e.business_id, '3', e.id, now() - interval '1 day', now(), now()
      FROM webhook_endpoint e, generate_series(1, 5) WHERE e.id = ${uuid}`);
    const range = {
      endpoint: id,
      from: new Date(Date.now() - DAY).toISOString(),
      to: new Date(Date.now() - 1_000).toISOString(),
    };
    expect(await webhookCall(owner, 'redeliverEvents', range)).toMatchObject({ reason: 'TOO_MANY_RANGES' });
  });

  it.each([
    ['input', {}],
    ['input', { from: new Date().toISOString() }],
    ['input.ids', { ids: [] }],
    ['input.ids[0]', { ids: ['evt_1'] }],
    [
      'input.to',
      { from: new Date(Date.now() - 1_000).toISOString(), to: new Date(Date.now() + DAY).toISOString() },
    ],
    [
      'input.to',
      { from: new Date(Date.now() - 1_000).toISOString(), to: new Date(Date.now() - 2_000).toISOString() },
    ],
    [
      'input.from',
      { from: new Date(Date.now() - 31 * DAY).toISOString(), to: new Date(Date.now() - DAY).toISOString() },
    ],
  ])('wants proper input: %s', async (field, input) => {
    const business = await anUnverifiedBusiness(platform);
    const owner = platform.business(business.token);
    const { id } = await anEndpoint(owner, 'http://127.0.0.1:1/');
    const { errors } = await owner.raw(
      `mutation ($input: RedeliverEventsInput!) { redeliverEvents(input: $input) { __typename } }`,
      { input: { endpoint: id, ...input } },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field }] });
  });
});

describe('what happens to a business', () => {
  it('is an event when the operator decides about its verification', async () => {
    await using receiver = await aReceiver();
    const { token } = await anUnverifiedBusiness(platform);
    const owner = platform.business(token);
    await anEndpoint(owner, receiver.url, ['verification.decided']);
    const verification = await submitByFile(platform, token);
    await approve(platform, verification);
    await until('it comes', async () => receiver.received.length > 0);
    expect(receiver.received[0]).toMatchObject({
      type: 'verification.decided',
      data: { verification, status: 'APPROVED' },
    });
  });

  it('is an event when a contact says something about consent to it, and to it alone', async () => {
    const { owner, api, business, reachable } = await aBusySender(1);
    await using receiver = await aReceiver();
    await anEndpoint(owner, receiver.url, ['consent.changed']);
    const [{ person, contact }] = reachable as [(typeof reachable)[number]];
    const say = (operation: 'stop' | 'allow', input: Record<string, unknown>) =>
      person.api.do(
        `mutation ($input: ${operation === 'stop' ? 'StopInput' : 'AllowInput'}!) { ${operation}(input: $input) { __typename } }`,
        { input },
      );
    await say('stop', { business: business.id, purpose: 'MARKETING' });
    await say('stop', { business: business.id, purpose: 'MARKETING' });
    await say('stop', { purpose: 'ADS' });
    await say('allow', { business: business.id, purpose: 'MARKETING' });
    await until('both come', async () => receiver.received.length >= 2);
    const told = () => eventsOf(api, { types: ['consent.changed'] });
    await until('events say the same', async () => (await told()).length >= 2);
    expect((await told()).map(({ payload }) => JSON.parse(payload).data)).toEqual([
      { contact, action: 'STOP', purpose: 'MARKETING' },
      { contact, action: 'ALLOW', purpose: 'MARKETING' },
    ]);
    expect(await send(api, contact)).toMatchObject({ __typename: 'AcceptedMessage' });
  });
});
