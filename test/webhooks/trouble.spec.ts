import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TellOwners } from '@assent/webhooks';
import { aBusiness, signIn, type TestBusiness } from '../support/builders/accounts.js';
import { reachablePeople, send } from '../support/builders/messaging.js';
import {
  aReceiver,
  anEndpoint,
  type Answering,
  endpointBy,
  triesAt,
  webhookCall,
} from '../support/builders/webhooks.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({ PAIR_BURST: '1000' });
});
afterAll(() => platform.stop());

const owner = ({ token }: TestBusiness) => platform.business(token);
const status =
  (code: number, headers: Record<string, string> = {}): Answering =>
  (_, response) =>
    void response.writeHead(code, headers).end();
const tried = (business: TestBusiness, endpoint: string, count: number) =>
  until(`it was tried ${count} times`, async () => {
    const tries = await triesAt(owner(business), endpoint);
    return tries.length >= count && tries;
  });
const waitOf = ({ at, retryAt }: { at: string; retryAt: string }) => Date.parse(retryAt) - Date.parse(at);

/** Moves the clock, beyond the end of sessions too: the owner signs in again. */
async function shiftClock(business: TestBusiness, milliseconds: number): Promise<void> {
  await platform.shiftClock(milliseconds);
  await platform
    .business()
    .do(`mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { __typename } }`, {
      input: { email: business.ownerEmail },
    });
  business.token = (await signIn(platform, business.ownerEmail)).token;
}

/** A business that one person can be messaged by, and one message of it to begin with. */
async function aSender() {
  const business = await aBusiness(platform);
  const api = platform.business(business.apiKey);
  const [reachable] = await reachablePeople(platform, api, 1);
  return { business, send: () => send(api, reachable!.contact) };
}

/** A server that speaks what it is told on a connection, and no HTTP. */
async function aRawServer(speak: (socket: Socket) => void): Promise<{ url: string; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    speak(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

describe('an event that is not taken', () => {
  it('is tried again after 5 s, 5 min, 30 min, under the same id, until it is', async () => {
    const { business, send } = await aSender();
    await using receiver = await aReceiver(status(500));
    const { id } = await anEndpoint(owner(business), receiver.url);
    await send();
    let clock = 0;
    for (const [at, wait] of [5 * SECOND, 5 * MINUTE, 30 * MINUTE].entries()) {
      const [newest] = await tried(business, id, at + 1);
      expect(newest).toMatchObject({
        attempt: at + 1,
        statusCode: 500,
        failure: 'BAD_STATUS',
        delivered: false,
      });
      expect(waitOf(newest)).toBeGreaterThanOrEqual(0.9 * wait);
      expect(waitOf(newest)).toBeLessThanOrEqual(1.1 * wait);
      expect(receiver.received).toHaveLength(at + 1);
      clock += 1.1 * wait;
      if (at === 2) receiver.answer = status(200);
      await platform.shiftClock(clock);
    }
    await tried(business, id, 4);
    expect(new Set(receiver.received.map((one) => one.id)).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(await endpointBy(owner(business), id)).toMatchObject({ failures: 0, openDeliveries: 0 });
    await platform.shiftClock(0);
  });

  it('is given up after 7 days, while others are taken', async () => {
    const { business, send } = await aSender();
    await using receiver = await aReceiver();
    const { id } = await anEndpoint(owner(business), receiver.url);
    const { id: poison } = await send();
    receiver.answer = (received, response) =>
      void response.writeHead(received.data.message === poison ? 422 : 200).end();
    await until('it was taken or not', async () => receiver.received.length > 0);
    // It may have been taken before the receiver knew what it does not like.
    await webhookCall(owner(business), 'redeliverEvents', { endpoint: id, ids: [receiver.received[0]!.id] });
    await until('it is refused', async () => (await triesAt(owner(business), id))[0]?.statusCode === 422);
    for (const days of [2, 4, 6, 8]) {
      await shiftClock(business, days * DAY);
      await send();
      await until('another is taken, and it is tried again', async () => {
        const tries = await triesAt(owner(business), id);
        const recent = tries.filter(({ at }) => Date.parse(at) > Date.now() + (days - 1) * DAY);
        return recent.some(({ delivered }) => delivered) && recent.some(({ delivered }) => !delivered);
      });
    }
    const tries = (await triesAt(owner(business), id)).filter(({ delivered }) => !delivered);
    expect(tries[0].retryAt).toBeNull();
    expect(tries.slice(1).every(({ retryAt }) => retryAt !== null)).toBe(true);
    expect(await endpointBy(owner(business), id)).toMatchObject({ status: 'ENABLED', openDeliveries: 0 });
    await platform.shiftClock(0);
  });

  it('waits for as long as the receiver asks', async () => {
    const { business, send } = await aSender();
    await using receiver = await aReceiver(status(429, { 'retry-after': '120' }));
    const { id } = await anEndpoint(owner(business), receiver.url);
    await send();
    const [newest] = await tried(business, id, 1);
    expect(waitOf(newest)).toBe(120 * SECOND);
    const { resumeAt } = await endpointBy(owner(business), id);
    expect(Date.parse(resumeAt) - Date.parse(newest.at)).toBe(120 * SECOND);
  });
});

describe('what a receiver does wrong', () => {
  it('is told apart, and nothing of it is followed or believed', async () => {
    await using elsewhere = await aReceiver();
    await using bad = await aReceiver(status(500));
    await using redirecting = await aReceiver(status(307, { location: elsewhere.url }));
    await using closing = await aReceiver((_, response) => void response.socket?.destroy());
    await using hanging = await aReceiver(() => undefined);
    await using endless = await aReceiver((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'.repeat(65_536)), 5);
      response.on('close', () => clearInterval(timer));
    });
    const garbage = await aRawServer((socket) => socket.write('ERR unknown command\r\n\r\n'));
    const flood = await aRawServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nx-much: ${'x'.repeat(1_000_000)}\r\n\r\n`);
    });
    const cases: [string, string | null, number | null][] = [
      [bad.url, 'BAD_STATUS', 500],
      [redirecting.url, 'REDIRECTED', 307],
      [closing.url, 'CONNECTION_FAILED', null],
      [hanging.url, 'TIMED_OUT', null],
      [endless.url, null, 200],
      [garbage.url, 'NOT_HTTP', null],
      [flood.url, 'NOT_HTTP', null],
      ['http://127.0.0.1:1/', 'CONNECTION_FAILED', null],
      ['http://nobody.invalid/', 'NAME_NOT_FOUND', null],
      [bad.url.replace('http:', 'https:'), 'TLS_FAILED', null],
    ];
    const business = await aBusiness(platform);
    const since = performance.now();
    await Promise.all(
      cases.map(async ([url, failure, statusCode]) => {
        const { id } = await anEndpoint(owner(business), url);
        await webhookCall(owner(business), 'testWebhookEndpoint', { id });
        const [only] = await until(
          `it was tried at ${url}`,
          async () => {
            const tries = await triesAt(owner(business), id);
            return tries.length > 0 && tries;
          },
          30_000,
        );
        expect([url, only.failure, only.statusCode]).toEqual([url, failure, statusCode]);
      }),
    );
    expect(performance.now() - since).toBeGreaterThan(14_000);
    expect(elsewhere.received).toEqual([]);
    for (const { server } of [garbage, flood]) server.close();
  });

  it('delays no other endpoint, of its business or another', async () => {
    await using hanging = await aReceiver(() => undefined);
    const troubled = await aSender();
    const well = await aSender();
    await using quick = await aReceiver();
    for (let nr = 0; nr < 9; nr++) {
      await anEndpoint(owner(troubled.business), `${hanging.url}/${nr}`);
    }
    await anEndpoint(owner(troubled.business), quick.url);
    await anEndpoint(owner(well.business), quick.url);
    await Promise.all(Array.from({ length: 40 }, () => troubled.send()));
    await until('nine endpoints hang', async () => hanging.received.length >= 9);
    await until('the tenth has all', async () => quick.received.length === 40);

    const delays: number[] = [];
    for (let nr = 1; nr <= 10; nr++) {
      const since = performance.now();
      await well.send();
      await until('it comes', async () => quick.received.length === 40 + nr);
      delays.push(performance.now() - since);
    }
    delays.sort((a, b) => a - b);
    expect(delays[5]).toBeLessThan(3_000);
    // Each of nine holds at most eight requests open until it has failed once.
    expect(hanging.received.length).toBeLessThanOrEqual(9 * 8);
  });
});

describe('an endpoint that fails for five days', () => {
  it('is disabled; owners, other endpoints and events say so; and it goes on where it stopped', async () => {
    const { business, send } = await aSender();
    await using receiver = await aReceiver(status(500));
    await using other = await aReceiver();
    const { id } = await anEndpoint(owner(business), receiver.url);
    await anEndpoint(owner(business), other.url, ['webhook.disabled']);
    await send();
    await tried(business, id, 1);
    await shiftClock(business, 5 * DAY - HOUR);
    await tried(business, id, 2);
    expect(await endpointBy(owner(business), id)).toMatchObject({ status: 'ENABLED' });
    await shiftClock(business, 5 * DAY + HOUR);
    await until('it is disabled', async () => (await endpointBy(owner(business), id)).status === 'DISABLED');
    expect(await endpointBy(owner(business), id)).toMatchObject({ disabledBecause: 'FAILING' });
    await until('the other endpoint hears of it', async () => other.received.length > 0);
    expect(other.received[0]).toMatchObject({
      type: 'webhook.disabled',
      data: { endpoint: id, because: 'FAILING' },
    });
    await platform.app.get(TellOwners, { strict: false }).execute();
    await platform.app.get(TellOwners, { strict: false }).execute();
    expect(platform.notices(business.ownerEmail)).toEqual(['A webhook endpoint of yours was disabled']);

    const tries = (await triesAt(owner(business), id)).length;
    await send();
    receiver.answer = status(200);
    expect(await webhookCall(owner(business), 'testWebhookEndpoint', { id })).toMatchObject({
      reason: 'ENDPOINT_NOT_ENABLED',
    });
    expect(await triesAt(owner(business), id)).toHaveLength(tries);
    const enabled = await webhookCall(owner(business), 'updateWebhookEndpoint', { id, status: 'ENABLED' });
    expect(enabled.endpoint).toMatchObject({ status: 'ENABLED', disabledBecause: null, failures: 0 });
    await until('what it missed comes', async () => {
      const [, ...later] = new Set(receiver.received.map((one) => one.id));
      return later.length === 1;
    });
    await platform.shiftClock(0);
  });

  it('is disabled at once where it answers that it is gone', async () => {
    const { business, send } = await aSender();
    await using receiver = await aReceiver(status(410));
    const { id } = await anEndpoint(owner(business), receiver.url);
    await send();
    await until('it is disabled', async () => (await endpointBy(owner(business), id)).status === 'DISABLED');
    expect(await endpointBy(owner(business), id)).toMatchObject({ disabledBecause: 'GONE' });
    expect((await triesAt(owner(business), id))[0]).toMatchObject({ failure: 'GONE' });
  });
});
