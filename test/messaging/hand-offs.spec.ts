import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import {
  aDevice,
  aGatewaySecret,
  allowSms,
  dueNow,
  handOffs,
  reached,
} from '../support/builders/carriers.js';
import { eraseMe } from '../support/builders/erasure.js';
import { type Reachable, reachablePeople, send } from '../support/builders/messaging.js';
import { withoutQuietHours } from '../support/builders/policy.js';
import { aReceiver, anSmsGateway, isSigned, type Receiver } from '../support/builders/webhooks.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import type { GraphQLClient } from '../support/graphql-client.js';

const [PUSH, SMS, NEXT, BACK] = [aGatewaySecret(), aGatewaySecret(), aGatewaySecret(), aGatewaySecret()];

let push: Receiver;
let sms: Receiver;
let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;

beforeAll(async () => {
  push = await aReceiver();
  sms = await anSmsGateway();
  platform = await startPlatform({
    PUSH_GATEWAY_URL: push.url,
    PUSH_GATEWAY_SECRETS: `${PUSH},${NEXT}`,
    SMS_GATEWAY_URL: sms.url,
    SMS_GATEWAY_SECRETS: SMS,
    CARRIER_SECRETS: `sms:${BACK}`,
  });
  await withoutQuietHours(platform.admin());
  shop = await aBusiness(platform, { displayName: 'Shop' });
  business = platform.business(shop.apiKey);
});
afterAll(async () => {
  await platform.stop();
  await push[Symbol.asyncDispose]();
  await sms[Symbol.asyncDispose]();
});

const take: Receiver['answer'] = (_, response) => void response.writeHead(204).end();
beforeEach(() => {
  push.answer = take;
  sms.answer = take;
});
afterEach(async () => {
  await platform.database.sql('DELETE FROM hand_off');
  push.received.length = 0;
  sms.received.length = 0;
});

let people: Reachable[] = [];
async function somebody(): Promise<Reachable> {
  if (people.length === 0) people = await reachablePeople(platform, business, 8);
  return people.pop()!;
}

async function visible({ person }: Reachable, count = 1): Promise<string[]> {
  return until('the message is visible', async () => {
    const { inbox } = await person.api.do('{ inbox { nodes { id } } }');
    return inbox.nodes.length >= count && inbox.nodes.map(({ id }: { id: string }) => id);
  });
}

async function statesAre(states: string[]): Promise<any[]> {
  return until(`the hand-offs are ${states.join()}`, async () => {
    const rows = await handOffs(platform);
    return rows.map(({ state }) => state).join() === states.join() && rows;
  });
}

describe('waking apps', () => {
  it('names the devices and nothing of who writes, what, or the number', async () => {
    const reachable = await somebody();
    const devices = [await aDevice(reachable.person.api), await aDevice(reachable.person.api)];
    await send(business, reachable.contact, { purpose: 'SERVICE', text: 'Secret words' });
    const [woken] = await reached(push, 1);
    expect(JSON.parse(woken!.body)).toEqual({ type: 'inbox.changed', devices, urgency: 'normal' });
    expect([isSigned(PUSH, woken!), isSigned(NEXT, woken!), isSigned(SMS, woken!)]).toEqual([
      true,
      true,
      false,
    ]);
    await statesAre([]); // of what was taken nothing is kept
    await send(business, reachable.contact, { purpose: 'AUTHENTICATION' });
    expect(JSON.parse((await reached(push, 2))[1]!.body).urgency).toBe('high');
  });

  it('wakes nobody who has no device', async () => {
    const reachable = await somebody();
    await send(business, reachable.contact);
    await visible(reachable);
    expect(await handOffs(platform)).toEqual([]);
  });

  it('is tried again under the same id while the gateway is in trouble', async () => {
    const reachable = await somebody();
    await aDevice(reachable.person.api);
    push.answer = (_, response) => void response.writeHead(500).end();
    await send(business, reachable.contact);
    const [waiting] = await statesAre(['WAITING']).then(async () =>
      until('it was tried', async () => {
        const rows = await handOffs(platform);
        return rows[0]?.attempts === 1 && rows[0].state === 'WAITING' && rows;
      }),
    );
    expect(waiting.due_at.getTime()).toBeGreaterThan(Date.now() + 3_000);
    push.answer = take;
    await dueNow(platform);
    const [first, second] = await reached(push, 2);
    expect(second!.id).toBe(first!.id);
    await statesAre([]);
  });

  it('is given up where the gateway will never take it', async () => {
    const reachable = await somebody();
    await aDevice(reachable.person.api);
    push.answer = (_, response) => void response.writeHead(410).end();
    await send(business, reachable.contact);
    await reached(push, 1);
    await statesAre([]);
  });
});

describe('falling back to SMS', () => {
  it('happens after ten minutes without delivery, to who allowed it', async () => {
    const reachable = await somebody();
    await allowSms(reachable.person.api);
    await send(business, reachable.contact, { text: 'Your parcel is here.' });
    const [waiting] = await statesAre(['WAITING']);
    expect(waiting.carrier).toBe('SMS');
    expect(Math.round((waiting.due_at.getTime() - Date.now()) / 60_000)).toBe(10);
    await platform.shiftClock(11 * 60_000);
    try {
      const [sent] = await reached(sms, 1);
      expect(JSON.parse(sent!.body)).toEqual({
        type: 'sms',
        to: reachable.person.phone,
        text: 'Shop: Your parcel is here.',
      });
      expect(isSigned(SMS, sent!)).toBe(true);
      await statesAre(['HANDED']);
    } finally {
      await platform.shiftClock(0);
    }
    expect(platform.logs.join('')).not.toContain(reachable.person.phone);
  });

  it('is off until the person turns it on, and again once they turn it off', async () => {
    const reachable = await somebody();
    expect(await reachable.person.api.do('{ preferences { smsFallback } }')).toEqual({
      preferences: { smsFallback: false },
    });
    await send(business, reachable.contact);
    await visible(reachable);
    expect(await handOffs(platform)).toEqual([]);
    await allowSms(reachable.person.api);
    await send(business, reachable.contact);
    await statesAre(['WAITING']);
    await allowSms(reachable.person.api, false);
    await dueNow(platform);
    await statesAre(['NOT_NEEDED']);
    expect(sms.received).toEqual([]);
  });

  it('is not needed where a device has the message by then', async () => {
    const reachable = await somebody();
    await allowSms(reachable.person.api);
    await send(business, reachable.contact);
    await statesAre(['WAITING']);
    const messages = await visible(reachable);
    await reachable.person.api.do(
      `mutation ($input: AcknowledgeInput!) { acknowledge(input: $input) { __typename } }`,
      { input: { messages, receipt: 'DELIVERED' } },
    );
    await dueNow(platform);
    await statesAre(['NOT_NEEDED']);
    expect(sms.received).toEqual([]);
  });

  it('is for the purposes that the operator lets it be', async () => {
    const reachable = await somebody();
    await allowSms(reachable.person.api);
    await reachable.person.api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
    await send(business, reachable.contact, { purpose: 'MARKETING' });
    await visible(reachable);
    expect(await handOffs(platform)).toEqual([]);
  });

  it('goes to no number that may be somebody else’s by now', async () => {
    const reachable = await somebody();
    await allowSms(reachable.person.api);
    await send(business, reachable.contact);
    await statesAre(['WAITING']);
    await platform.database.sql(
      `UPDATE person_number n SET verified_at = now() - interval '91 days' FROM hand_off h WHERE h.person_id = n.person_id`,
    );
    await dueNow(platform);
    const [failed] = await statesAre(['FAILED']);
    expect(failed.reason).toBe('NUMBER_UNPROVED');
    expect(sms.received).toEqual([]);
  });

  it('ends with a stop, and with the person', async () => {
    const [stopping, leaving] = [await somebody(), await somebody()];
    for (const { person, contact } of [stopping, leaving]) {
      await allowSms(person.api);
      await send(business, contact);
    }
    await statesAre(['WAITING', 'WAITING']);
    await stopping.person.api.do('mutation { stop(input: {}) { __typename } }');
    expect((await handOffs(platform)).find(({ state }) => state === 'SUPPRESSED')?.reason).toBe(
      'CONSENT_STOPPED',
    );
    await eraseMe(leaving.person);
    await statesAre(['SUPPRESSED']);
    await dueNow(platform);
    expect(sms.received).toEqual([]);
  });
});

/** What the gateway for texts hands in. */
async function receipt(body: object, secret = BACK) {
  const [text, at] = [JSON.stringify(body), new Date()];
  const answer = await fetch(`${platform.url}/carriers/sms/receipts`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'r',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign('r', at, text),
    },
    body: text,
  });
  return { status: answer.status, body: await answer.text() };
}

describe('receipts of a gateway', () => {
  it('make a message DELIVERED, by the name that the gateway gave it', async () => {
    const reachable = await somebody();
    await allowSms(reachable.person.api);
    sms.answer = (_, response) => void response.writeHead(200).end('{"reference":"abc-1"}');
    const { id } = await send(business, reachable.contact);
    await statesAre(['WAITING']);
    await dueNow(platform);
    await statesAre(['HANDED']);
    expect(await receipt({ reference: 'abc-1', status: 'DELIVERED' })).toEqual({ status: 204, body: '' });
    await statesAre(['DELIVERED']);
    const { message } = await business.do('query ($id: ID!) { message(id: $id) { status deliveredBy } }', {
      id,
    });
    expect(message).toEqual({ status: 'DELIVERED', deliveredBy: 'SMS' });
  });

  it('are refused where they are signed by nobody here, or break a rule', async () => {
    expect((await receipt({ reference: 'abc', status: 'FAILED' }, SMS)).status).toBe(401);
    const refused = await receipt({ reference: '', status: 'READ' });
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.body).faults).toEqual([
      { field: 'body.reference', rule: 'must have 1 to 255 visible characters of ASCII' },
      { field: 'body.status', rule: 'must be DELIVERED or FAILED' },
    ]);
  });

  it('for what nobody knows are taken, and change nothing', async () => {
    expect((await receipt({ reference: 'of-nothing', status: 'DELIVERED' })).status).toBe(204);
  });
});

it('a dead carrier delays no other', async () => {
  const reachable = await somebody();
  await aDevice(reachable.person.api);
  await allowSms(reachable.person.api);
  sms.answer = () => undefined; // never
  for (let nr = 0; nr < 3; nr++) await send(business, reachable.contact);
  await reached(push, 3);
  await dueNow(platform);
  await reached(sms, 3);
  await send(business, reachable.contact);
  await reached(push, 4);
  expect((await handOffs(platform)).map(({ carrier, state }) => `${carrier} ${state}`)).not.toContain(
    'SMS HANDED',
  );
});
