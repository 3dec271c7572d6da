import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Configuration, exposition, KeyRing, Tracing } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aMessage, reachablePeople, type Reachable, send, sendAll } from '../support/builders/messaging.js';
import { aReceiver, anEndpoint, type Receiver } from '../support/builders/webhooks.js';
import { aCollector, type CollectedSpan, type Collector } from '../support/collector.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { freePort } from '../processes/free-port.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const TEXT = 'Your order is on its way.';

const found = (spans: CollectedSpan[], what: string, is: (span: CollectedSpan) => boolean) =>
  until(what, async () => spans.find(is));
const idsOf = ({ traceId, spanId }: CollectedSpan) => ({ traceId, spanId });

describe('traces', () => {
  let collector: Collector;
  let receiver: Receiver;
  let platform: TestPlatform;
  let business: TestBusiness;
  let api: GraphQLClient;
  let people: Reachable[];

  beforeAll(async () => {
    collector = await aCollector();
    receiver = await aReceiver();
    platform = await startPlatform({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=a%20b',
    });
    business = await aBusiness(platform);
    api = platform.business(business.apiKey);
    await anEndpoint(platform.business(business.token), receiver.url);
    people = await reachablePeople(platform, api, 3);
  });
  afterAll(async () => {
    await platform.stop();
    await receiver[Symbol.asyncDispose]();
    await collector[Symbol.asyncDispose]();
  });

  /** A root of the traces of messages that is linked to a span, and the steps below it. */
  const messagesOf = (operation: CollectedSpan) =>
    collector.spans.filter(
      ({ name, links }) => name === 'message' && links.some(({ spanId }) => spanId === operation.spanId),
    );
  const below = (root: CollectedSpan, name: string) =>
    found(
      collector.spans,
      `${name} is traced`,
      (span) => span.name === name && span.traceId === root.traceId && span.parentSpanId === root.spanId,
    );

  it('lead from a request to its operation, its batch, its message, dispatch and the webhook', async () => {
    const asked = await fetch(api.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${business.apiKey}`,
        traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-00`,
        tracestate: 'secret=one',
      },
      body: JSON.stringify({
        query: `mutation WithASecretName ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }`,
        variables: { input: aMessage(people[0]!.contact) },
      }),
    });
    expect(await asked.json()).toMatchObject({ data: { sendMessage: { __typename: 'AcceptedMessage' } } });

    const request = await found(collector.spans, 'the request', ({ links }) =>
      links.some(({ traceId }) => traceId === CALLER.traceId),
    );
    expect(request).toMatchObject({
      name: 'POST /business/graphql',
      kind: 2,
      parentSpanId: undefined,
      links: [CALLER],
      service: 'assent-test',
      attributes: { 'http.route': '/business/graphql', 'http.response.status_code': 200 },
    });
    expect(request.traceId).not.toBe(CALLER.traceId);
    const operation = await below(request, 'mutation sendMessage');
    expect(operation.attributes).toEqual({ 'assent.audience': 'business', 'assent.outcome': 'ok' });
    const batch = await below(operation, 'send batch');
    expect(batch.attributes).toMatchObject({ 'assent.messages': 1, 'assent.accepted': 1 });

    const [message] = messagesOf(operation);
    expect(message!.links).toEqual([idsOf(operation), idsOf(batch)]);
    expect(operation.links).toEqual([idsOf(message!)]);
    expect(message!.attributes).toEqual({ 'assent.business': business.id, 'assent.outcome': 'ALLOWED' });
    const dispatched = await below(message!, 'dispatch');
    expect(dispatched.attributes).toMatchObject({ 'assent.outcome': 'VISIBLE' });
    const [dispatchBatch] = collector.spans.filter(({ spanId }) => spanId === dispatched.links[0]?.spanId);
    expect(dispatchBatch).toMatchObject({ name: 'dispatch batch', parentSpanId: undefined });
    expect(dispatchBatch!.links).toContainEqual(idsOf(message!));
    const attempt = await below(message!, 'webhook attempt');
    expect(attempt).toMatchObject({
      kind: 3,
      attributes: {
        'assent.event': 'message.status',
        'assent.outcome': 'ok',
        'http.response.status_code': 204,
        'assent.attempt': 1,
        'assent.business': business.id,
      },
    });
    // Whoever takes webhooks is told nothing of our traces.
    expect(receiver.received.some(({ headers }) => 'traceparent' in headers)).toBe(false);
    expect(collector.headers[0]).toMatchObject({ 'x-tenant': 'a b', 'content-type': 'application/json' });
  });

  it('link a batch to each request that was gathered in it', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        send(api, people[at % 3]!.contact, { idempotencyKey: `g-${at}` }),
      ),
    );
    const batch = await found(
      collector.spans,
      'a gathered batch',
      ({ name, links, attributes }) =>
        name === 'send batch' && attributes['assent.messages'] === links.length + 1 && links.length > 0,
    );
    const operations = collector.spans.filter(({ spanId }) =>
      [batch.parentSpanId, ...batch.links.map((link) => link.spanId)].includes(spanId),
    );
    expect(operations.map(({ name }) => name)).toEqual(
      Array.from({ length: batch.links.length + 1 }, () => 'mutation sendMessage'),
    );
  });

  it('know a message again that is asked for again', async () => {
    const again = { idempotencyKey: 'again' };
    await send(api, people[0]!.contact, again);
    await send(api, people[0]!.contact, again);
    const replayed = await found(
      collector.spans,
      'the replay',
      ({ name, attributes }) => name === 'send batch' && attributes['assent.replayed'] === 1,
    );
    const operation = await found(
      collector.spans,
      'its operation',
      ({ spanId }) => spanId === replayed.parentSpanId,
    );
    const roots = collector.spans.filter(
      ({ name, traceId }) => name === 'message' && traceId === operation.links[0]!.traceId,
    );
    expect(roots).toHaveLength(1);
  });

  it('say the code of what was refused or failed, and nothing of it', async () => {
    await api.raw('{ apiKeys(first: 1) { nodes { id } } }');
    const refused = await found(collector.spans, 'the query', ({ name }) => name === 'query apiKeys');
    expect(refused).toMatchObject({ status: 0, attributes: { 'assent.outcome': 'FORBIDDEN' } });
    await fetch(`${platform.url}/stop/${'A'.repeat(40)}`);
    await fetch(`${platform.url}/nothing/+4915112345678`);
    const lost = await found(collector.spans, 'a route', ({ name }) => name === 'GET none');
    expect(lost.attributes['http.response.status_code']).toBe(404);
    expect(collector.spans.map(({ name }) => name)).toContain('GET /stop/:token');
  });

  it('show jobs', async () => {
    const job = await found(collector.spans, 'a job', ({ name }) => name === 'job stops');
    expect(job.attributes).toEqual({ 'assent.outcome': 'ok' });
  });

  it('hold names, counts and ids of businesses, and nothing that anybody wrote', async () => {
    await sendAll(
      api,
      people.map(({ contact }) => aMessage(contact, { text: TEXT })),
    );
    const said = collector.bodies.join('\n');
    const secrets = [TEXT, 'WithASecretName', business.apiKey, business.token, receiver.url, 'secret=one'];
    const ofPeople = people.flatMap(({ person, contact }) => [person.phone.slice(1), person.token, contact]);
    expect([...secrets, ...ofPeople].filter((secret) => said.includes(secret))).toEqual([]);
    const values = collector.spans.flatMap(({ attributes }) => Object.values(attributes));
    expect(values.length).toBeGreaterThan(100);
    expect(values.filter((value) => /@|\d{6}|^(?!biz_)[a-z]{3}_[0-9a-z]{20}/.test(String(value)))).toEqual(
      [],
    );
  });
});

describe('a sampler', () => {
  it('keeps messages and requests by themselves, each whole', async () => {
    await using collector = await aCollector();
    const platform = await startPlatform({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.5',
    });
    const { apiKey } = await aBusiness(platform);
    const api = platform.business(apiKey);
    const people = await reachablePeople(platform, api, 40);
    await sendAll(
      api,
      people.map(({ contact }) => aMessage(contact)),
    );
    await until('all are visible', async () => {
      const [row] = await platform.database.sql<{ left: number }>(
        `SELECT count(*)::int AS left FROM message WHERE status = 'ACCEPTED'`,
      );
      return row?.left === 0;
    });
    await platform.stop();
    const tracesOf = (name: string) =>
      new Set(collector.spans.filter((span) => span.name === name).map(({ traceId }) => traceId));
    // 40 times heads or tails: outside of this once in ten million runs.
    expect(tracesOf('message').size).toBeGreaterThan(4);
    expect(tracesOf('message').size).toBeLessThan(36);
    expect(tracesOf('dispatch')).toEqual(tracesOf('message'));
  });
});

describe('a collector in trouble', () => {
  /** How long something takes to stop. */
  const stopping = async (what: { stop(): Promise<void> }) => {
    const since = performance.now();
    await what.stop();
    return performance.now() - since;
  };
  const tracingTo = (endpoint: string) => {
    const configuration = Configuration.parse({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    return Tracing.open(configuration, KeyRing.parse(`1:${'A'.repeat(43)}=`), 'assent-test');
  };

  it('that hangs keeps nobody from working, nor a process from stopping', async () => {
    await using collector = await aCollector();
    collector.answer = () => undefined;
    const platform = await startPlatform({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const { apiKey } = await aBusiness(platform);
    const api = platform.business(apiKey);
    const [one] = await reachablePeople(platform, api, 1);
    await until('it was asked', async () => collector.bodies.length > 0);
    await send(api, one!.contact);
    await until('the message is visible', async () => {
      const { inbox } = await one!.person.api.do('{ inbox { nodes { id } } }');
      return inbox.nodes.length === 1;
    });
    expect(await stopping(platform)).toBeLessThan(12_000);
  });

  it('that is not there is counted', async () => {
    const tracing = await tracingTo(`http://127.0.0.1:${await freePort()}`);
    tracing.add('a span', { since: Date.now() });
    await until('it is counted', async () =>
      /assent_spans_total\{outcome="failed"\} [1-9]/.test(exposition()),
    );
    await tracing.stop();
  });

  it('that hangs costs no more memory than some spans, and two seconds', async () => {
    await using collector = await aCollector();
    collector.answer = () => undefined;
    const tracing = await tracingTo(collector.url);
    for (let span = 0; span < 3_000; span++) tracing.add('a span', { since: Date.now() });
    expect(exposition()).toMatch(/assent_spans_total\{outcome="dropped"\} 952\n/);
    const took = await stopping(tracing);
    expect(took).toBeGreaterThan(1_900);
    expect(took).toBeLessThan(5_000);
  });
});

it('is nothing that runs where no collector is named', async () => {
  const keys = KeyRing.parse(`1:${'A'.repeat(43)}=`);
  const tracing = await Tracing.open(Configuration.parse({}), keys, 'assent-test');
  expect(tracing.on).toBe(false);
  expect(tracing.request('POST /', undefined, {})).toBeUndefined();
  expect(tracing.messageContext('0197b5f0-0000-7000-8000-000000000000')).toBeUndefined();
  expect(tracing.current).toBeUndefined();
  await tracing.stop();
});
