import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { change, type ConsentPlatform, startConsent, type TestBusiness } from './consent-platform.js';

let platform: ConsentPlatform;
let shop: TestBusiness;
let bank: TestBusiness;

beforeAll(async () => {
  platform = await startConsent();
  shop = await platform.aBusiness('Shop');
  bank = await platform.aBusiness('Bank');
});
afterAll(() => platform.stop());

type Person = Awaited<ReturnType<ConsentPlatform['aPerson']>>;
type EventRow = Record<string, any>;

const PURPOSES = ['AUTHENTICATION', 'SERVICE', 'MARKETING', 'MATCHING', 'ADS', 'ANALYTICS'];

/** Any change at random. */
function anything(person: Person): Promise<unknown> {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(Math.random() * items.length)]!;
  const action = pick(['stop', 'stop', 'allow', 'allow', 'block', 'unblock'] as const);
  const business = pick([shop, bank]).publicId;
  if (action === 'block' || action === 'unblock') return change(person, action, { business });
  return change(person, action, {
    ...(Math.random() < 0.5 ? { business } : {}),
    ...(Math.random() < 0.7 ? { purpose: pick(PURPOSES) } : {}),
  });
}

const ledgerOf = ({ personId }: Person) =>
  platform.database.sql<EventRow>('SELECT * FROM consent_event WHERE person_id = $1 ORDER BY seq', [
    personId,
  ]);

/**
 * Verifies a ledger with nothing but its rows and SHA-256, and says where it breaks. Written from the rule, not from
 * the code: names in alphabetical order, no spaces, times in UTC with milliseconds.
 */
function firstBreak(rows: EventRow[]): number | undefined {
  let previous = Buffer.alloc(0);
  for (const [at, row] of rows.entries()) {
    const text = [
      ['action', row['action']],
      ['actor', row['actor']],
      ['at', row['at'].toISOString()],
      ['businessId', row['business_id']],
      ['evidenceAt', row['evidence_at']?.toISOString() ?? null],
      ['evidenceKind', row['evidence_kind']],
      ['evidenceRef', row['evidence_ref']],
      ['id', row['id']],
      ['personId', row['person_id']],
      ['policyVersion', row['policy_version']],
      ['purpose', row['purpose']],
      ['seq', Number(row['seq'])],
      ['source', row['source']],
      ['wordingHash', row['wording_hash']?.toString('hex') ?? null],
    ].map(([name, value]) => `"${name}":${JSON.stringify(value)}`);
    const bytes = Buffer.concat([previous, row['salt'], Buffer.from(`{${text.join(',')}}`)]);
    const hash = createHash('sha256').update(bytes).digest();
    const linked = previous.equals(row['previous_hash'] ?? Buffer.alloc(0));
    if (Number(row['seq']) !== at + 1 || !linked || !hash.equals(row['hash'])) return at + 1;
    previous = hash;
  }
  return undefined;
}

describe('the ledger of a person', () => {
  it('is one unbroken chain, numbered without gaps, though 60 changes raced', async () => {
    const person = await platform.aPerson();
    await Promise.all(Array.from({ length: 60 }, () => anything(person)));
    const rows = await ledgerOf(person);
    expect(rows).toHaveLength(60);
    expect(firstBreak(rows)).toBeUndefined();
    const [guard] = await platform.database.sql<{ consent_seq: number; consent_head: Buffer }>(
      'SELECT consent_seq, consent_head FROM person_guard WHERE person_id = $1',
      [person.personId],
    );
    expect(guard).toMatchObject({ consent_seq: 60, consent_head: rows.at(-1)!['hash'] });
  });

  it('is the source of the state: the last word on each subject in each scope', async () => {
    const person = await platform.aPerson();
    await Promise.all(Array.from({ length: 60 }, () => anything(person)));
    const last = new Map<string, string>();
    for (const { action, business_id, purpose } of await ledgerOf(person)) {
      const subject = action.endsWith('BLOCK') ? 'BLOCK' : (purpose ?? 'EVERYTHING');
      const standing = action === 'ALLOW' && purpose ? 'ALLOWED' : 'LIFTED';
      last.set(`${business_id} ${subject}`, action === 'STOP' || action === 'BLOCK' ? 'STOPPED' : standing);
    }
    const state = await platform.database.sql<EventRow>(
      `SELECT s.*, e.at FROM consent_state s JOIN consent_event e ON e.id = s.event_id WHERE s.person_id = $1`,
      [person.personId],
    );
    expect(new Map(state.map((row) => [`${row['business_id']} ${row['subject']}`, row['standing']]))).toEqual(
      last,
    );
    expect(state.every(({ since, at }) => since.getTime() === at.getTime())).toBe(true);
  });

  it('breaks where one value of it is changed, or an event is removed or moved', async () => {
    const person = await platform.aPerson();
    for (let turn = 0; turn < 6; turn++) await anything(person);
    const rows = await ledgerOf(person);
    const forgeries: Record<string, unknown> = {
      action: 'UNBLOCK',
      actor: 'OPERATOR',
      at: new Date(0),
      business_id: person.personId,
      id: person.personId,
      purpose: rows[2]!['purpose'] === 'ADS' ? 'SERVICE' : 'ADS',
      source: 'import',
      policy_version: 2,
      evidence_at: new Date(0),
      evidence_kind: 'WEB_FORM',
      evidence_ref: 'row 9',
      wording_hash: Buffer.alloc(32),
      salt: Buffer.alloc(32),
    };
    for (const [column, value] of Object.entries(forgeries)) {
      const forged = rows.map((row, at) => (at === 2 ? { ...row, [column]: value } : row));
      const really = JSON.stringify(rows[2]![column]) !== JSON.stringify(value);
      expect([column, firstBreak(forged)]).toEqual([column, really ? 3 : undefined]);
    }
    expect(firstBreak(rows.toSpliced(3, 1))).toBe(4);
    expect(firstBreak([rows[1]!, rows[0]!, ...rows.slice(2)])).toBe(1);
  });

  it('is shown to its person, newest first, a page at a time, and to nobody else', async () => {
    const [person, other] = [await platform.aPerson(), await platform.aPerson()];
    await change(person, 'stop', { business: shop.publicId, purpose: 'ADS' });
    for (let turn = 0; turn < 4; turn++) await change(person, 'allow', { purpose: 'ADS' });
    const page = async (after?: string) =>
      (
        await person.api.do(
          `query ($after: String) { consentHistory(first: 3, after: $after) {
            nodes { id sequence action purpose actor source policyVersion hash at business { displayName } }
            pageInfo { hasNextPage endCursor } } }`,
          { after },
        )
      )['consentHistory'];
    const first = await page();
    expect(first.nodes.map(({ sequence }: any) => sequence)).toEqual([5, 4, 3]);
    const second = await page(first.pageInfo.endCursor);
    expect(second.nodes.map(({ sequence }: any) => sequence)).toEqual([2, 1]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    const [row] = await ledgerOf(person);
    expect(second.nodes[1]).toEqual({
      id: expect.stringMatching(/^evt_/),
      sequence: 1,
      action: 'STOP',
      purpose: 'ADS',
      actor: 'PERSON',
      source: 'app',
      policyVersion: 1,
      hash: row!['hash'].toString('hex'),
      at: row!['at'].toISOString(),
      business: { displayName: 'Shop' },
    });
    expect((await other.api.do('{ consentHistory { nodes { id } } }'))['consentHistory'].nodes).toEqual([]);
  });
});

describe('beneath the API', () => {
  const ROLES = ['gate', 'business', 'person', 'admin', 'engine'];

  it.each(ROLES)('the role %s can neither change nor remove an event', async (role) => {
    const person = await platform.aPerson();
    await change(person, 'stop');
    const [partition] = await platform.database.sql<{ name: string }>(
      `SELECT tableoid::regclass::text AS name FROM consent_event WHERE person_id = $1`,
      [person.personId],
    );
    for (const table of ['consent_event', partition!.name]) {
      for (const text of [`UPDATE ${table} SET source = 'x'`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
        await expect(platform.as(role, person.personId, text)).rejects.toMatchObject({ code: '42501' });
      }
    }
    expect(firstBreak(await ledgerOf(person))).toBeUndefined();
  });

  it('a person reads and writes no row of another', async () => {
    const [mine, theirs] = [await platform.aPerson(), await platform.aPerson()];
    await change(mine, 'stop');
    await change(theirs, 'stop');
    for (const table of ['consent_event', 'consent_state']) {
      const { rows } = await platform.as('person', mine.personId, `SELECT DISTINCT person_id FROM ${table}`);
      expect(rows).toEqual([{ person_id: mine.personId }]);
      expect((await platform.as('person', undefined, `SELECT FROM ${table}`)).rowCount).toBe(0);
    }
    const lift = `UPDATE consent_state SET standing = 'ALLOWED' WHERE person_id = '${theirs.personId}'`;
    expect((await platform.as('person', mine.personId, lift)).rowCount).toBe(0);
    const intent = `INSERT INTO stop_intent VALUES (${theirs.lane}, '${theirs.personId}', gen_random_uuid(), NULL,
      'EVERYTHING', 'app', now())`;
    await expect(platform.as('person', mine.personId, intent)).rejects.toThrow(/row-level security/);
  });

  it.each(['gate', 'business', 'admin'])('the role %s reads no consent at all', async (role) => {
    for (const table of ['consent_event', 'consent_state', 'stop_intent']) {
      await expect(platform.as(role, undefined, `SELECT FROM ${table}`)).rejects.toMatchObject({
        code: '42501',
      });
    }
  });
});
