import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuid7 } from '@assent/platform';
import { anUnverifiedBusiness, aBusiness } from '../support/builders/accounts.js';
import { inTestMode } from '../support/builders/test-mode.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
const ids: Record<string, string> = {};

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  for (const displayName of ['Ärztehaus Nord', 'Arcade', 'Bookshop']) {
    ids[displayName] = (await anUnverifiedBusiness(platform, { displayName })).id;
  }
  const verified = await aBusiness(platform, { displayName: 'Bookshop' });
  ids['verified'] = verified.id;
  await inTestMode(platform, verified.token); // and so there is a sandbox of that name
  await websiteOf('verified', 'https://shop.example.com/books?x=1');
});
afterAll(() => platform.stop());

/** As if its request to be verified had named it. */
async function websiteOf(name: string, website: string): Promise<void> {
  await platform.database.sql(
    `UPDATE verification SET website = $1 WHERE business_id = (SELECT id FROM business WHERE display_name = $2
        AND status = 'VERIFIED' AND sandbox_of IS NULL)`,
    [website, name === 'verified' ? 'Bookshop' : name],
  );
}

const FIELDS = 'id displayName status verification { website status }';

async function find(args: string): Promise<any[]> {
  const { businesses } = await platform.admin().do(`{ businesses${args} { nodes { ${FIELDS} } } }`);
  return businesses.nodes;
}

describe('admins look businesses up', () => {
  it.each([
    ['by the beginning of the name, whatever the case', '(name: "BOOK")', ['Bookshop', 'Bookshop']],
    ['with marks and all', '(name: "ärz")', ['Ärztehaus Nord']],
    ['by state', '(status: UNVERIFIED)', ['Arcade', 'Bookshop', 'Ärztehaus Nord']],
    ['by both', '(name: "b", status: VERIFIED)', ['Bookshop']],
    ['by domain', '(domain: "Shop.Example.com")', ['Bookshop']],
    ['by what it is below', '(domain: "example.com")', ['Bookshop']],
    ['not by what only ends so', '(domain: "ample.com")', []],
    ['not by an end of it', '(domain: "shop")', []],
    ['nor by wildcards', '(name: "%")', []],
    ['all of them, by name', '', ['Arcade', 'Bookshop', 'Bookshop', 'Ärztehaus Nord']],
  ])('%s', async (_, args, names) => {
    expect((await find(args)).map(({ displayName }) => displayName)).toEqual(names);
  });

  it('with what the operator knows of them', async () => {
    expect(await find('(domain: "example.com")')).toEqual([
      {
        id: ids['verified'],
        displayName: 'Bookshop',
        status: 'VERIFIED',
        verification: { website: 'https://shop.example.com/books?x=1', status: 'APPROVED' },
      },
    ]);
    expect((await find('(name: "Arc")'))[0]).toMatchObject({ id: ids['Arcade'], verification: null });
  });

  it('by id', async () => {
    const ask = (id: string) =>
      platform.admin().do(`query ($id: ID!) { business(id: $id) { ${FIELDS} } }`, { id });
    expect((await ask(ids['Arcade'] ?? '')).business).toMatchObject({ displayName: 'Arcade' });
    expect((await ask('biz_01m85hxqnbfayvshpqpm8rbh71')).business).toBeNull();
    expect((await ask('nothing')).business).toBeNull();
  });

  it('in pages, each once', async () => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { businesses }: any = await platform.admin().do(
        `query ($after: String) { businesses(first: 1, after: $after) {
          nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      seen.push(...businesses.nodes.map(({ id }: any) => id));
      ({ endCursor: after, hasNextPage: more } = businesses.pageInfo);
    }
    expect(seen).toHaveLength(4);
    expect(new Set(seen)).toEqual(new Set(Object.values(ids)));
  });

  it.each([
    ['an empty name', '(name: " ")', 'businesses.name', 'must have 1 to 120 characters'],
    [
      'an address for a domain',
      '(domain: "a@b.de")',
      'businesses.domain',
      'must be a domain, such as example.com',
    ],
  ])('but not by %s', async (_, args, field, rule) => {
    const { errors } = await platform.admin().raw(`{ businesses${args} { nodes { id } } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field, rule }] });
  });
});

it('reads ranges of indexes among 20,000 businesses, and never all of them', async () => {
  const count = 20_000;
  await platform.database.sql(
    `INSERT INTO business (id, display_name, country, created_at)
      SELECT id, 'Business ' || nr, 'DE', assent_now() FROM unnest($1::uuid[]) WITH ORDINALITY AS t (id, nr)`,
    [Array.from({ length: count }, () => uuid7(Date.now()))],
  );
  await platform.database.sql('ANALYZE business, verification');
  const plans = await Promise.all(
    [
      `b.search_name >= 'bo' AND b.search_name < 'bo' || chr(1114111)`,
      `b.status = 'PENDING'`,
      `b.id IN (SELECT business_id FROM verification
        WHERE search_domain >= 'moc.elpmaxe.' AND search_domain < 'moc.elpmaxe.' || chr(1114111))`,
    ].map((condition) =>
      platform.database.sql<Record<string, string>>(
        `EXPLAIN SELECT id FROM business b WHERE b.sandbox_of IS NULL AND ${condition}
          ORDER BY b.search_name, b.id LIMIT 21`,
      ),
    ),
  );
  for (const plan of plans) expect(JSON.stringify(plan)).not.toContain('Seq Scan on business');
});
