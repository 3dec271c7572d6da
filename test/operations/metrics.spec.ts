import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Collectors, Configuration, exposition, meterNames } from '@assent/platform';
import { type MetricsServer, serveMetrics } from '../../apps/api/src/metrics-server.js';
import { aBusiness } from '../support/builders/accounts.js';
import { reachablePeople, send, type Reachable } from '../support/builders/messaging.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

/** Each sample of a scrape: its name with labels, and its value. */
function samplesOf(text: string): Map<string, number> {
  const samples = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const parts = /^([a-z_]+(?:\{(?:[a-z_]+="[^"\n]*",?)*\})?) (-?\d+(?:\.\d+)?(?:e-?\d+)?)$/.exec(line);
      if (!parts) throw new Error(`Prometheus could not read: ${line}`);
      return [parts[1]!, Number(parts[2])];
    }),
  );
}

describe('metrics', () => {
  let platform: TestPlatform;
  let metrics: MetricsServer;
  let people: Reachable[];
  let said: string;

  beforeAll(async () => {
    platform = await startPlatform();
    metrics = (await serveMetrics(platform.app, Configuration.parse({ METRICS_PORT: '0' })))!;
    const business = await aBusiness(platform);
    const api = platform.business(business.apiKey);
    people = await reachablePeople(platform, api, 2);
    const [first, second] = people;
    await send(api, first!.contact, { idempotencyKey: 'm-1' });
    await send(api, first!.contact, { idempotencyKey: 'm-1' });
    await second!.person.api.do(`mutation { stop(input: { purpose: SERVICE }) { __typename } }`);
    await send(api, second!.contact);
    await api.raw(`query WithASecretName { contact(by: { id: "${second!.contact}" }) { id } }`);
    await api.raw('{ nothing }');
    await api.raw('{ apiKeys(first: 1) { nodes { id } } }');
    await until('the message is visible', async () =>
      samplesOf(exposition()).get('assent_decisions_total{at="dispatch",outcome="VISIBLE",reason=""}'),
    );
    const response = await fetch(metrics.url);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    said = await response.text();
  });
  afterAll(async () => {
    await metrics.close();
    await platform.stop();
  });

  it('count requests by operation and outcome, and nothing that clients choose', () => {
    const samples = samplesOf(said);
    const count = (labels: string) => samples.get(`assent_requests_total{audience="business",${labels}}`);
    expect(count('operation="mutation sendMessage",outcome="ok"')).toBe(3);
    expect(count('operation="query apiKeys",outcome="FORBIDDEN"')).toBe(1);
    expect(count('operation="unreadable",outcome="GRAPHQL_VALIDATION_FAILED"')).toBe(1);
    expect(said).not.toContain('WithASecretName');
  });

  it('count decisions by reason, when sending and when dispatching', () => {
    const samples = samplesOf(said);
    const count = (labels: string) => samples.get(`assent_decisions_total{${labels}}`);
    expect(count('at="sending",outcome="ALLOWED",reason=""')).toBe(1);
    expect(count('at="sending",outcome="REPLAYED",reason=""')).toBe(1);
    expect(count('at="sending",outcome="REFUSED",reason="CONSENT_STOPPED"')).toBe(1);
    expect(count('at="dispatch",outcome="VISIBLE",reason=""')).toBe(1);
    expect(samples.get('assent_dispatch_seconds_count')).toBe(1);
    expect(samples.get('assent_dispatch_seconds_sum')).toBeLessThan(60);
  });

  it('show the pool, the event loop, and how far the worker is behind', async () => {
    const samples = samplesOf(said);
    for (const name of [
      'assent_database_connections{pool="gate",state="busy"}',
      'assent_database_connections{pool="other",state="busy"}',
      'assent_event_loop_delay_seconds{quantile="0.99"}',
      'assent_queue_due{queue="conversations"}',
      'assent_queue_due{queue="SMS"}',
      'assent_webhooks_under_way',
      'process_resident_memory_bytes',
    ]) {
      expect([name, samples.get(name)]).toEqual([name, expect.any(Number)]);
    }
    await platform.database.sql(
      `UPDATE conversation_queue SET due_at = now() - interval '1 hour', lease_until = now() + interval '1 hour'`,
    );
    const later = samplesOf(await (await fetch(metrics.url)).text());
    const queued = later.get('assent_queue_due{queue="conversations"}')!;
    expect(later.get('assent_queue_oldest_due_seconds{queue="conversations"}')! > 3_500).toBe(queued > 0);
  });

  it('hold no number, no id and no text', () => {
    for (const { person, contact } of people) {
      expect(said).not.toContain(person.phone.slice(1));
      expect(said).not.toContain(contact);
    }
    const labels = [...said.matchAll(/="([^"]*)"/g)].map(([, value]) => value!);
    expect(labels.length).toBeGreaterThan(50);
    expect(
      labels.filter((label) => /[0-9a-f]{8}-[0-9a-f]{4}-|\b[a-z]{3}_[0-9a-z]{20}|\d{5}/.test(label)),
    ).toEqual([]);
  });

  it('outlive a reading that fails, and say so', async () => {
    platform.app.get(Collectors, { strict: false }).add('test', () => Promise.reject(new Error('no')));
    const later = samplesOf(await (await fetch(metrics.url)).text());
    expect(later.get('assent_collections_failed_total{of="test"}')).toBe(1);
  });

  it('are on a port of their own, and only there', async () => {
    expect((await fetch(`${platform.url}/metrics`)).status).toBe(404);
    expect((await fetch(metrics.url.replace('/metrics', '/business/graphql'))).status).toBe(404);
    await expect(
      serveMetrics(platform.app, Configuration.parse({ METRICS_PORT: new URL(metrics.url).port })),
    ).rejects.toThrow('METRICS_PORT');
    expect(await serveMetrics(platform.app, Configuration.parse({}))).toBeUndefined();
  });

  it.each(['deploy/prometheus/rules.yaml', 'deploy/grafana/assent.json'])(
    'are all that %s asks for',
    (path) => {
      const asked = readFileSync(path, 'utf8').matchAll(/\b((?:assent|process)_[a-z_]+)/g);
      const names = new Set([...asked].map(([, name]) => name!.replace(/_(?:bucket|sum|count)$/, '')));
      expect(names.size).toBeGreaterThan(3);
      expect([...names].filter((name) => !meterNames().includes(name))).toEqual([]);
    },
  );
});
