import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';
import { build } from './build.js';
import { PlatformFolder } from './platform-folder.js';

const CLIENTS = 8;

/** Leads each request to the next server that last said it was ready, as load balancers do. */
class Balancer {
  readonly answers = { good: 0, bad: [] as string[] };
  private ready = new Set<string>();
  private next = 0;
  private going = true;
  private readonly loops: Promise<void>[] = [];

  constructor(private readonly urls: readonly string[]) {
    this.ready = new Set(urls);
    this.loops.push(this.probe());
    for (let client = 0; client < CLIENTS; client++) this.loops.push(this.load());
  }

  isReady(url: string): boolean {
    return this.ready.has(url);
  }

  async stop(): Promise<void> {
    this.going = false;
    await Promise.all(this.loops);
  }

  private async probe(): Promise<void> {
    while (this.going) {
      for (const url of this.urls) {
        const response = await fetch(`${url}/health/ready`).catch(() => undefined);
        await response?.text();
        if (response?.ok) this.ready.add(url);
        else this.ready.delete(url);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async load(): Promise<void> {
    while (this.going) {
      const ready = [...this.ready];
      const url = ready[this.next++ % ready.length];
      if (!url) throw new Error('No server is ready');
      try {
        const response = await fetch(`${url}/business/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ __typename }' }),
        });
        const { data } = (await response.json()) as { data?: { __typename: string } };
        if (data?.__typename === 'Query') this.answers.good += 1;
        else this.answers.bad.push(String(response.status));
      } catch (error) {
        this.answers.bad.push(String((error as Error).cause ?? error));
      }
    }
  }
}

describe('a process that is told to stop', () => {
  const folder = new PlatformFolder();
  let database: TestDatabase;

  beforeAll(() => build(), 180_000);
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await folder.remove();
    await database.drop();
  });

  it('fails no request that a load balancer leads to it, and ends within seconds', async () => {
    const settings = {
      DATABASE_URL: database.appUrl,
      ASSENT_KEYS: `1:${randomBytes(32).toString('base64')}`,
      NODE_ENV: 'production',
      ADMIN_SECOND_FACTOR: 'off',
      PUBLIC_URL: 'https://assent.example.com',
      REQUEST_UNITS_ADDRESS: '1000000000',
      DRAIN_SECONDS: '3',
    };
    const apis = [folder.start(settings, 'api/src/main'), folder.start(settings, 'api/src/main')];
    const urls = await Promise.all(apis.map((api) => api.says(/"url":"([^"]+)"/)));
    const balancer = new Balancer(urls);
    await until('both serve', async () => balancer.answers.good > 200);

    const toldAt = performance.now();
    apis[0]!.signal('SIGTERM');
    await until('it is known not to be ready', async () => !balancer.isReady(urls[0]!));
    expect(await apis[0]!.exit()).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(13_000);
    const { good } = balancer.answers;
    await until('the other one goes on', async () => balancer.answers.good > good + 100);
    await balancer.stop();
    expect(balancer.answers.bad).toEqual([]);
  });
});
