import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DispatchMessages } from '@assent/messaging';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { dispatchAll, inboxOf, statusOf } from '../support/builders/dispatch.js';
import { matchAll, type Reachable, send } from '../support/builders/messaging.js';
import { aPerson } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const ATTEMPTS = 8;
/** Longer than any lease, and than any wait before the next try. */
const STEP_MS = 400_000;

const PARKED = `query ($first: Int, $after: String) { parkedConversations(first: $first, after: $after) {
  nodes { id businessId businessName purpose code attempts parkedAt } pageInfo { hasNextPage endCursor } } }`;
const RETRY = `mutation ($input: RetryParkedInput!) { retryParked(input: $input) { results {
  __typename ... on RetriedConversation { id wasRetried } ... on ConversationNotRetried { id reason retryAt } } } }`;

describe('a conversation that can not be dispatched', () => {
  let platform: TestPlatform;
  let business: TestBusiness;
  let shifted = 0;

  beforeAll(async () => {
    platform = await startPlatform({ PAIR_BURST: '1000' }, { worker: false });
    business = await aBusiness(platform);
    // Stands for what always fails, for a reason of its own; and for a server that ends whoever dispatches.
    await platform.database.sql(`
      CREATE TABLE poison (message_id uuid, cut_off boolean);
      GRANT SELECT ON poison TO PUBLIC;
      CREATE FUNCTION cut_off() RETURNS boolean LANGUAGE sql SECURITY DEFINER
        AS 'SELECT pg_terminate_backend(pg_backend_pid())';
      CREATE FUNCTION is_sound(asked uuid) RETURNS boolean LANGUAGE sql AS
        'SELECT coalesce((SELECT p.cut_off AND cut_off() FROM poison p WHERE p.message_id = asked), true)';
      ALTER TABLE inbox_entry ADD CONSTRAINT sound CHECK (is_sound(message_id)) NOT VALID`);
  });
  afterEach(async () => {
    await platform.database.sql('DELETE FROM poison');
    await passTime();
    await dispatchAll(platform);
  });
  afterAll(() => platform.stop());

  const client = () => platform.business(business.apiKey);

  async function reachable(): Promise<Reachable> {
    const [one] = await matchAll(client(), [await aPerson(platform)]);
    return one as Reachable;
  }

  async function passTime(): Promise<void> {
    shifted += STEP_MS;
    await platform.shiftClock(shifted);
  }

  /** Sends a message that is poisoned from the beginning. */
  async function sendPoison({ contact }: Reachable, cutOff = false): Promise<string> {
    const { id } = await send(client(), contact, { text: 'poison' });
    await platform.database.sql(
      `INSERT INTO poison SELECT id, $1 FROM message WHERE status = 'ACCEPTED' ORDER BY id DESC LIMIT 1`,
      [cutOff],
    );
    return id as string;
  }

  /** So many rounds of a worker that finds all of it due; what fails is its loop's to go on after. */
  async function tryOften(rounds: number): Promise<void> {
    const worker = platform.app.get(DispatchMessages, { strict: false });
    for (let round = 0; round < rounds; round++) {
      await worker.execute().catch(() => undefined);
      await passTime();
    }
  }

  const parked = async (page: Record<string, unknown> = {}) =>
    (await platform.admin().do(PARKED, page)).parkedConversations as {
      nodes: { id: string; code: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  const retry = async (ids: string[]) =>
    (await platform.admin().do(RETRY, { input: { ids } })).retryParked.results as object[];

  it('is parked after eight tries, without its text; others go on, and so does it once an admin lets it', async () => {
    const [poisoned, sound] = [await reachable(), await reachable()];
    const id = await sendPoison(poisoned);
    await send(client(), sound.contact, { text: 'sound' });
    await tryOften(ATTEMPTS - 1);
    expect(await inboxOf(sound.person)).toEqual(['sound']);
    expect((await parked()).nodes).toEqual([]);

    await tryOften(1);
    const [conversation] = (await parked()).nodes;
    expect(conversation).toEqual({
      id: expect.stringMatching(/^prk_/),
      businessId: business.id,
      businessName: expect.any(String),
      purpose: 'SERVICE',
      code: 'SQLSTATE 23514',
      attempts: ATTEMPTS,
      parkedAt: expect.any(String),
    });
    const prk = conversation!.id;
    expect(platform.logs.filter((line) => line.includes(prk))).toHaveLength(1);

    // What is sent to it waits behind, and what is sent to others does not.
    await send(client(), poisoned.contact, { text: 'behind' });
    await send(client(), sound.contact, { text: 'still sound' });
    await tryOften(2);
    expect(await inboxOf(sound.person)).toEqual(['sound', 'still sound']);
    expect(await inboxOf(poisoned.person)).toEqual([]);
    expect(await statusOf(client(), id)).toMatchObject({ status: 'ACCEPTED' });

    await platform.database.sql('DELETE FROM poison');
    expect(await retry([prk])).toEqual([{ __typename: 'RetriedConversation', id: prk, wasRetried: false }]);
    await dispatchAll(platform);
    expect(await inboxOf(poisoned.person)).toEqual(['poison', 'behind']);
    expect(await retry([prk, 'prk_1'])).toEqual([
      { __typename: 'RetriedConversation', id: prk, wasRetried: true },
      { __typename: 'ConversationNotRetried', id: 'prk_1', reason: 'PARKED_UNKNOWN', retryAt: null },
    ]);
    expect(await platform.database.sql('SELECT code FROM parked_retry')).toEqual([
      { code: 'SQLSTATE 23514' },
    ]);
  });

  it('is parked again where it fails as often again', async () => {
    await sendPoison(await reachable());
    await tryOften(ATTEMPTS);
    const [first] = (await parked()).nodes;
    await retry([first!.id]);
    await tryOften(ATTEMPTS - 1);
    expect((await parked()).nodes).toEqual([]);
    await tryOften(1);
    const [second] = (await parked()).nodes;
    expect(second!.id).not.toBe(first!.id);
    await retry([second!.id]);
  });

  it('waits longer from try to try, each with a jitter of its own', async () => {
    for (const one of [await reachable(), await reachable()]) await sendPoison(one);
    const ratios: number[] = [];
    for (let nr = 0; nr < ATTEMPTS - 1; nr++) {
      const [{ now } = { now: new Date() }] = await platform.database.sql<{ now: Date }>(
        'SELECT assent_now() AS now',
      );
      await platform.app.get(DispatchMessages, { strict: false }).execute();
      const rows = await platform.database.sql<{ due_at: Date }>('SELECT due_at FROM conversation_queue');
      for (const { due_at } of rows) {
        const seconds = (due_at.getTime() - now.getTime()) / 1_000;
        expect(seconds).toBeGreaterThanOrEqual(0.75 * 2 ** nr);
        ratios.push(seconds / 2 ** nr);
      }
      await passTime();
    }
    expect(ratios).toHaveLength(2 * (ATTEMPTS - 1));
    // The first ones hold what the try itself took; the last ones are 32 and 64 seconds.
    const last = ratios.slice(-4);
    expect(Math.max(...last)).toBeLessThan(1.5);
    expect(Math.max(...last) - Math.min(...last)).toBeGreaterThan(0.01);
  });

  it('is not parked for outages, however many, of it or of what would put it back', async () => {
    const { person, contact } = await reachable();
    await sendPoison({ person, contact }, true);
    await tryOften(2 * ATTEMPTS);
    expect(await attempts()).toEqual([0]);

    // Nor for leases that were lost, as nobody was left to put it back.
    await platform.database.sql(`ALTER TABLE conversation_queue ADD CONSTRAINT kept
      CHECK (fence = 0 OR lease_until IS NOT NULL OR cut_off()) NOT VALID`);
    await tryOften(2 * ATTEMPTS);
    await platform.database.sql('ALTER TABLE conversation_queue DROP CONSTRAINT kept');
    expect(await attempts()).toEqual([0]);
    expect((await parked()).nodes).toEqual([]);

    await platform.database.sql('DELETE FROM poison');
    await tryOften(1);
    expect(await inboxOf(person)).toEqual(['poison']);
  });

  it('is one of a page that an admin turns', async () => {
    for (const one of [await reachable(), await reachable(), await reachable()]) await sendPoison(one);
    await tryOften(ATTEMPTS);
    const first = await parked({ first: 2 });
    expect(first).toMatchObject({ nodes: [{}, {}], pageInfo: { hasNextPage: true } });
    const second = await parked({ first: 2, after: first.pageInfo.endCursor });
    expect(second).toMatchObject({ nodes: [{}], pageInfo: { hasNextPage: false } });
    const ids = [...first.nodes, ...second.nodes].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(await Promise.all([retry(ids), retry(ids)]).then(([one, other]) => counted(one, other))).toBe(3);
  });

  it.each([
    ['no id', [], 'input.ids must hold 1 to 100 ids'],
    ['too many', Array.from({ length: 101 }, () => 'prk_1'), 'input.ids must hold 1 to 100 ids'],
  ])('refuses %s', async (_, ids, message) => {
    const { errors } = await platform.admin().raw(RETRY, { input: { ids } });
    expect(errors?.[0]?.message).toBe(message);
  });

  const attempts = async () =>
    (await platform.database.sql<{ attempts: number }>('SELECT attempts FROM conversation_queue')).map(
      (row) => row.attempts,
    );
  const counted = (...answers: object[][]) =>
    answers.flat().filter((each) => (each as { wasRetried?: boolean }).wasRetried === false).length;
});
