import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aMessage, reachablePeople, sendAll } from '../support/builders/messaging.js';
import { aReceiver, anEndpoint, eventsOf, isSigned } from '../support/builders/webhooks.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { build } from './build.js';
import { PlatformFolder } from './platform-folder.js';

const PEOPLE = 20;
const ROUNDS = 10;
/** For so long a delivery stays with the worker that claimed it, should that one be dead. */
const LEASE_MS = 30_000;
const PATIENCE_MS = 90_000;

describe('workers that are killed while they post webhooks', () => {
  const folder = new PlatformFolder();
  const keys = `1:${randomBytes(32).toString('base64')}`;
  let platform: TestPlatform;

  beforeAll(() => build(), 300_000);
  beforeAll(async () => {
    platform = await startPlatform({ ASSENT_KEYS: keys, PAIR_BURST: '1000' }, { worker: false });
  });
  afterAll(async () => {
    await folder.remove();
    await platform.stop();
  });

  it('leave every event to others, which bring it at least once, with the id that it has', async () => {
    const business = await aBusiness(platform);
    const api = platform.business(business.apiKey);
    const people = await reachablePeople(platform, api, PEOPLE);
    // Some requests are in the middle when their worker dies: they are answered late.
    await using receiver = await aReceiver((_, response) => {
      setTimeout(() => response.writeHead(204).end(), 20);
    });
    const { secret } = await anEndpoint(platform.business(business.token), receiver.url);
    for (let round = 0; round < ROUNDS; round++) {
      await sendAll(
        api,
        people.map(({ contact }) => aMessage(contact)),
      );
    }

    const startWorker = () =>
      folder.start({ DATABASE_URL: platform.database.appUrl, ASSENT_KEYS: keys }, 'worker/src/main');
    const all = PEOPLE * ROUNDS;
    let left = 0;
    for (const [kills, share] of [0.1, 0.4, 0.7].entries()) {
      const worker = startWorker();
      await until(
        'it is in the middle',
        async () => new Set(receiver.received.map(({ id }) => id)).size >= share * all,
        PATIENCE_MS,
      );
      worker.signal('SIGKILL');
      expect(await worker.exit()).toBe('SIGKILL');
      const held = await platform.database.sql('SELECT FROM webhook_delivery WHERE lease_until IS NOT NULL');
      left += held.length;
      // What the dead worker held is others' once its leases are over.
      await platform.shiftClock((kills + 1) * (LEASE_MS + 1_000));
    }
    expect(left).toBeGreaterThan(0);

    startWorker();
    await until(
      'nothing is open',
      async () => {
        const told = await eventsOf(api);
        const ids = new Set(receiver.received.map(({ id }) => id));
        return told.length === all && ids.size === all;
      },
      PATIENCE_MS,
    );
    const events = new Map((await eventsOf(api)).map(({ id, payload }) => [id, payload]));
    for (const received of receiver.received) {
      expect(events.get(received.id)).toBe(received.body);
      expect(isSigned(secret, received)).toBe(true);
    }
    // Each message has its own step, and none has two events.
    expect(new Set(receiver.received.map(({ data }) => data.message)).size).toBe(all);
  }, 300_000);
});
