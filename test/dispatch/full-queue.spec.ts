import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CountQueued } from '@assent/messaging';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aCrowd } from '../support/builders/crowd.js';
import { dispatchAll } from '../support/builders/dispatch.js';
import { aMessage, send, sendAll, wasAccepted } from '../support/builders/messaging.js';
import { preflight } from '../support/builders/preflight.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const OF_ONE = 3;
const OF_ALL = 5;

describe('a full queue', () => {
  let platform: TestPlatform;
  let businesses: TestBusiness[];
  /** Of each business. */
  let contacts: string[][];

  beforeAll(async () => {
    platform = await startPlatform(
      { QUEUE_MOST_OF_ONE: String(OF_ONE), QUEUE_MOST_OF_ALL: String(OF_ALL) },
      { worker: false },
    );
    businesses = [await aBusiness(platform), await aBusiness(platform), await aBusiness(platform)];
    const crowd = await aCrowd(platform, 6, businesses);
    contacts = businesses.map((_, nr) => crowd.map((person) => person.contacts[nr]!));
  });
  beforeEach(async () => {
    await dispatchAll(platform);
    await count();
  });
  afterAll(() => platform.stop());

  const client = (nr: number) => platform.business(businesses[nr]!.apiKey);
  const count = () => platform.app.get(CountQueued, { strict: false }).execute();
  const queue = async (nr: number, people: number) => {
    const sent = await sendAll(
      client(nr),
      contacts[nr]!.slice(0, people).map((to) => aMessage(to)),
    );
    expect(sent.every(wasAccepted)).toBe(true);
    await count();
  };
  const next = (nr: number, changes: Record<string, unknown> = {}) =>
    send(client(nr), contacts[nr]!.at(-1)!, changes);

  it('of one business refuses what it sends until there is room, and nobody else', async () => {
    await queue(0, OF_ONE - 1);
    expect(wasAccepted(await next(0))).toBe(true);
    await count();
    const refused = await next(0);
    expect(refused).toMatchObject({ reason: 'QUEUE_FULL', retryAt: expect.any(String) });
    const waits = Date.parse(refused.retryAt!) - Date.now();
    expect(waits).toBeGreaterThan(0);
    expect(waits).toBeLessThanOrEqual(30_000);
    expect(wasAccepted(await next(1))).toBe(true);

    await dispatchAll(platform);
    await count();
    expect(wasAccepted(await next(0))).toBe(true);
  });

  it('refuses what is scheduled, too', async () => {
    await queue(0, OF_ONE);
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    expect(await next(0, { sendAt })).toMatchObject({ reason: 'QUEUE_FULL' });
  });

  it('is foreseen by a preflight', async () => {
    await queue(0, OF_ONE);
    const [decision] = await preflight(client(0), [aMessage(contacts[0]!.at(-1)!)]);
    expect(decision).toMatchObject({
      outcome: 'REFUSED',
      because: { reason: 'QUEUE_FULL', gate: 'QUEUE', retryAt: expect.any(String) },
    });
  });

  it('of the whole platform refuses everybody', async () => {
    await queue(0, OF_ONE - 1);
    await queue(1, OF_ONE - 1);
    expect(wasAccepted(await next(2))).toBe(true);
    await count();
    for (const nr of [0, 1, 2]) expect(await next(nr)).toMatchObject({ reason: 'QUEUE_FULL' });
  });
});
