import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ForgetOldNotices, type NewNotice, NoticeStore } from '@assent/consent';
import { AuthenticatePerson, type PersonViewer } from '@assent/people';
import { Database, uuid7 } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

type Person = TestPerson & PersonViewer;

interface TestNotice {
  id: string;
  cursor: string;
  text: string;
  readAt: string | null;
  business: { displayName: string } | null;
}

const NOTICE = '__typename id cursor createdAt readAt text business { displayName }';
const DAY_MS = 86_400_000;

let platform: TestPlatform;
let shop: TestBusiness;
let shopId: string;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: true });
  shop = await aBusiness(platform);
  const [row] = await platform.database.sql<{ id: string }>('SELECT id FROM business');
  shopId = row?.id as string;
});
afterAll(() => platform.stop());

const get = <Type>(type: abstract new (...given: never[]) => Type) =>
  platform.app.get(type, { strict: false });

async function somebody(): Promise<Person> {
  const person = await aPerson(platform);
  const viewer = await get(AuthenticatePerson).authenticate(`Bearer ${person.token}`);
  if (!viewer) throw new Error('A person who has just signed in is not known');
  return Object.assign(viewer, person);
}

/** Tells somebody something, as a library does. */
function tell(
  { lane, personId }: PersonViewer,
  changes: Partial<NewNotice> = {},
  { goingOnForMs = 0 } = {},
): Promise<string> {
  return get(Database).transaction({ role: 'person', personId }, async (tx) => {
    const id = await get(NoticeStore).add(tx, {
      lane,
      personId,
      kind: 'STOP_CONFIRMED',
      businessId: null,
      purpose: 'MARKETING',
      referenceId: uuid7(Date.now()),
      data: { source: 'keyword' },
      at: await tx.now(),
      ...changes,
    });
    await tx.rows({ text: 'SELECT pg_sleep($1)', values: [goingOnForMs / 1_000] });
    return id;
  });
}

async function page({ api }: TestPerson, first = 100, after: string | null = null) {
  const { notices } = await api.do(
    `query ($first: Int!, $after: String) { notices(first: $first, after: $after) {
      nodes { ${NOTICE} } pageInfo { hasNextPage endCursor } } }`,
    { first, after },
  );
  return notices as { nodes: TestNotice[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

const markRead = ({ api }: TestPerson, notices: string[]) =>
  api.raw(`mutation ($input: MarkNoticesReadInput!) { markNoticesRead(input: $input) { read } }`, {
    input: { notices },
  });

describe('notices', () => {
  it('say in a sentence what happened, with the business and the fields of their kind', async () => {
    const person = await somebody();
    await tell(person, { businessId: shopId });
    await tell(person, { purpose: null });
    const { notices } = await person.api.do(
      `{ notices { nodes { ${NOTICE} ... on StopConfirmedNotice { purpose source eventId } } } }`,
    );
    expect(notices.nodes).toMatchObject([
      {
        __typename: 'StopConfirmedNotice',
        text: 'You stopped everything from every business. Only you can lift this, in your app.',
        business: null,
        purpose: null,
      },
      {
        text: `You stopped offers and news from ${shop.displayName}. Only you can lift this, in your app.`,
        business: { displayName: shop.displayName },
        purpose: 'MARKETING',
        source: 'keyword',
        eventId: expect.stringMatching(/^evt_/),
        readAt: null,
      },
    ]);
  });

  it('are read page by page, newest first', async () => {
    const person = await somebody();
    for (let nr = 0; nr < 5; nr++) await tell(person);
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { nodes, pageInfo }: Awaited<ReturnType<typeof page>> = await page(person, 2, after);
      seen.push(...nodes.map(({ cursor }) => cursor));
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect(seen).toEqual(['5', '4', '3', '2', '1']);
    const { errors } = await person.api.raw('{ notices(after: "x") { nodes { id } } }');
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: 'notices.after', rule: 'must be a cursor of your notices' }],
    });
  });

  it('of a kind that this process does not know are left for those that do', async () => {
    const person = await somebody();
    await tell(person, { kind: 'OF_A_LATER_VERSION' });
    await tell(person);
    expect((await page(person)).nodes.map(({ cursor }) => cursor)).toEqual(['2']);
  });

  it('are marked as read, once, by the person alone', async () => {
    const [person, other] = [await somebody(), await somebody()];
    await tell(person);
    // One in 64 of another person's ids looks like one of mine, which then is of nothing: not all of four.
    for (let nr = 0; nr < 4; nr++) await tell(other);
    const mine = (await page(person)).nodes[0]!;
    const theirs = (await page(other)).nodes.map(({ id }) => id);
    expect((await markRead(person, [mine.id, mine.id])).data.markNoticesRead.read).toEqual([mine.id]);
    expect((await markRead(person, [mine.id])).data.markNoticesRead.read).toEqual([]);
    expect((await page(person)).nodes[0]?.readAt).not.toBeNull();
    const refused = await markRead(person, theirs);
    expect(refused.errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    expect((await page(other)).nodes.map(({ readAt }) => readAt)).toEqual([null, null, null, null]);
    expect((await markRead(person, [])).errors?.[0]?.extensions.faults).toEqual([
      { field: 'input.notices', rule: 'must hold 1 to 500 ids' },
    ]);
  });

  it('are forgotten after 400 days, and not before', async () => {
    const person = await somebody();
    await tell(person, { at: new Date(Date.now() - 400 * DAY_MS - 60_000) });
    await tell(person, { at: new Date(Date.now() - 400 * DAY_MS + 60_000) });
    expect(await get(ForgetOldNotices).execute()).toBe(1);
    expect((await page(person)).nodes.map(({ cursor }) => cursor)).toEqual(['2']);
  });
});

describe('who follows their notices', () => {
  const FOLLOW = `subscription ($after: String) { noticeReceived(after: $after) { ${NOTICE} } }`;

  it('misses none and sees none twice, however they are told at the same time', async () => {
    const person = await somebody();
    await tell(person);
    const seen: string[] = [];
    let after = (await page(person)).nodes[0]?.cursor as string;
    for (let round = 0; round < 3; round++) {
      // Told while nobody follows, and while somebody does; undone ones take no number.
      await Promise.all(Array.from({ length: 5 }, () => tell(person)));
      const telling = Promise.all([
        ...Array.from({ length: 5 }, () => tell(person)),
        expect(tell(person, { kind: 'not a kind' })).rejects.toThrow(/kind/),
      ]);
      let left = 10;
      for await (const { noticeReceived } of person.api.subscribe(FOLLOW, { after })) {
        seen.push(noticeReceived.cursor as string);
        after = noticeReceived.cursor;
        if (--left === 0) break;
      }
      await telling;
    }
    expect(seen).toEqual(Array.from({ length: 30 }, (_, at) => String(at + 2)));
  });

  it('is told once the transaction has committed, without a poll', async () => {
    const person = await somebody();
    const following = person.api.subscribe(FOLLOW, { after: '0' });
    const first = following.next();
    const began = performance.now();
    await tell(person);
    expect((await first).value?.noticeReceived.cursor).toBe('1');
    const second = following.next();
    await tell(person, {}, { goingOnForMs: 100 }); // longer than hints take
    expect((await second).value?.noticeReceived.cursor).toBe('2');
    expect(performance.now() - began).toBeLessThan(2_000); // the poll
    await following.return();
  });
});

describe('beneath the API', () => {
  it('notices are the person’s own, and no business or admin reads any', async () => {
    const [person, other] = [await somebody(), await somebody()];
    await tell(person);
    await tell(other);
    const client = new pg.Client({ connectionString: platform.database.appUrl });
    await client.connect();
    const as = async (role: string, text: string) => {
      await client.query(`BEGIN; SET LOCAL ROLE assent_${role}; SET LOCAL app.person = '${person.personId}'`);
      return client.query(text).finally(() => client.query('ROLLBACK'));
    };
    try {
      const { rows } = await as('person', 'SELECT person_id FROM person_notice');
      expect(rows).toEqual([{ person_id: person.personId }]);
      expect((await as('person', 'UPDATE person_notice SET read_at = now()')).rowCount).toBe(1);
      for (const [role, text] of [
        ['person', `UPDATE person_notice SET data = '{}'`],
        ['person', 'DELETE FROM person_notice'],
        ['engine', `UPDATE person_notice SET data = '{}'`],
        ['business', 'SELECT FROM person_notice'],
        ['admin', 'SELECT FROM person_notice'],
        ['gate', 'SELECT FROM person_notice'],
      ] as const) {
        await expect(as(role, text)).rejects.toThrow(/permission denied/);
      }
    } finally {
      await client.end();
    }
  });
});
