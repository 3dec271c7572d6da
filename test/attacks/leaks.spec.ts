import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exposition } from '@assent/platform';
import { aBusiness } from '../support/builders/accounts.js';
import { reachablePeople, send } from '../support/builders/messaging.js';
import { aReceiver, anEndpoint, type Receiver } from '../support/builders/webhooks.js';
import { aCollector, type Collector } from '../support/collector.js';
import { leaksIn } from '../support/leaks.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const KEY = `ak_live_${'A'.repeat(43)}AbCdEf`;

describe('what must not leak', () => {
  it.each([
    ['a number in full', '+4915112345678', 'a phone number'],
    ['a number without its plus sign', 'to 4915112345678.', 'a phone number'],
    ['a number as it is dialled at home', '015112345678', 'a phone number'],
    [
      'a number beside an id',
      '{"traceId":"4915112345678abcdef0123456789abc","to":"4915112345678"}',
      'a phone number',
    ],
    ['a key', KEY, 'a secret'],
    ['a session', `mst_${'B'.repeat(49)}`, 'a secret'],
    ['a secret of webhooks', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'a secret'],
    ['a text', '{"text":"Your order is on its way."}', 'a text of a message'],
  ])('is found by its form: %s', (_, text, what) => {
    expect(leaksIn('a place', `\0\0${text}\0`)).toEqual([`${what} in a place`]);
  });

  it.each([
    '+4930123456',
    '94915112345678',
    '491511234567890',
    '"spanId":"a015112345678bcd"',
    '"traceId":"4915112345678abcdef0123456789abc"',
    'e44d9b4c-83f6-4c11-9d1e-015112345678',
    'mst_short',
    'key_01jzzzzzzzf4kvzzzzzzzzzzzz',
    '',
  ])('is not mistaken: %s', (text) => {
    expect(leaksIn('a place', text)).toEqual([]);
  });
});

describe('what is meant to be told', () => {
  it('is no leak, and all else is one', () => {
    const text = `+4915112345678 ${KEY}`;
    expect(leaksIn('a place', text, ['a phone number'])).toEqual(['a secret in a place']);
  });
});

describe('the scan of a platform', () => {
  let platform: TestPlatform;
  let collector: Collector;
  let receiver: Receiver;
  let phone: string;

  beforeAll(async () => {
    collector = await aCollector();
    receiver = await aReceiver();
    platform = await startPlatform({ LOG_LEVEL: 'debug', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const { token, apiKey } = await aBusiness(platform);
    const business = platform.business(apiKey);
    await anEndpoint(platform.business(token), receiver.url);
    const [one] = await reachablePeople(platform, business, 1);
    phone = one!.person.phone;
    await send(business, one!.contact);
    await until('a webhook and its trace have come', async () =>
      collector.spans.some(({ name }) => name === 'webhook attempt'),
    );
  });
  afterAll(async () => {
    await platform.stop();
    await receiver[Symbol.asyncDispose]();
    await collector[Symbol.asyncDispose]();
  });

  it('finds nothing', async () => {
    expect(await platform.leaks()).toEqual([]);
  });

  it.each([
    ['a phone number', () => phone],
    ['a secret', () => KEY],
    ['a text of a message', () => 'Your order is on its way.'],
  ])('would find %s in a table, the log, the metrics, a trace and a webhook', async (what, planted) => {
    // Unlogged: the log of writes is scanned at the end of all tests, too.
    await platform.database.sql('CREATE UNLOGGED TABLE planted (text text)');
    await platform.database.sql('INSERT INTO planted VALUES ($1)', [planted()]);
    // Writes its file anew, which no checkpoint does where nothing is logged.
    await platform.database.sql('VACUUM FULL planted');
    platform.logs.push(JSON.stringify({ msg: planted() }));
    const body = JSON.stringify({ planted: planted(), resourceSpans: [] });
    for (const url of [`${collector.url}/v1/traces`, receiver.url])
      await fetch(url, { method: 'POST', body });
    const metrics = `${exposition()}assent_requests_total{operation="${planted()}"} 1\n`;
    try {
      expect(await platform.leaks(metrics)).toEqual(
        ['the log of a platform', 'the metrics', 'a trace', 'a webhook', 'a table'].map(
          (where) => `${what} in ${where}`,
        ),
      );
    } finally {
      platform.logs.pop();
      await platform.database.sql('DROP TABLE planted');
    }
  });
});
