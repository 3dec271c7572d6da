import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  EVERY_OTHER,
  newestPolicy,
  PUBLISH_POLICY,
  publishPolicy,
  US_OPT_OUT,
} from '../support/builders/policy.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { clockAt, now } from './policy-clock.js';

const DAY_MS = 86_400_000;
const NIGHT = { from: '21:00', to: '08:00' };
const POLICY = '{ version inForce publishedBy note }';

let platform: TestPlatform;
let admin: GraphQLClient;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  admin = platform.admin();
});
afterEach(async () => {
  await platform.shiftClock(0);
  await platform.database.sql('DELETE FROM consent_policy WHERE version > 1');
});
afterAll(() => platform.stop());

describe('publishing', () => {
  it('gives consecutive numbers, and the admin, to versions that stay as they are', async () => {
    await publishPolicy(admin, [US_OPT_OUT], { note: ' First. ' });
    await publishPolicy(admin, [], { note: 'Second.' });
    const { admin: me, consentPolicies } = await admin.do(
      `{ admin { id } consentPolicies(first: 2) { nodes ${POLICY} pageInfo { hasNextPage endCursor } } }`,
    );
    expect(consentPolicies.nodes).toMatchObject([
      { version: 3, inForce: true, note: 'Second.', publishedBy: me.id },
      { version: 2, inForce: false, note: 'First.', publishedBy: me.id },
    ]);
    expect(consentPolicies.pageInfo).toEqual({ hasNextPage: true, endCursor: '2' });
    const rest = await admin.do(
      '{ consentPolicies(after: "2") { nodes { version } pageInfo { hasNextPage } } }',
    );
    expect(rest.consentPolicies).toEqual({ nodes: [{ version: 1 }], pageInfo: { hasNextPage: false } });
    const { consentPolicy, none } = await admin.do(
      `{ consentPolicy(version: 2) { rows { country purposes { purpose basis } } } none: consentPolicy(version: 9) { version } }`,
    );
    expect(consentPolicy.rows[1]).toEqual(US_OPT_OUT);
    expect(none).toBeNull();
  });

  it('keeps what imports may rest on and when messages wait; left out, it is nothing and never', async () => {
    const full = {
      purpose: 'MARKETING',
      basis: 'OPT_IN' as const,
      evidence: ['SMS_KEYWORD', 'OTHER'],
      quietHours: { from: '22:30', to: '00:00' },
    };
    const bare = { purpose: 'ADS', basis: 'OPT_IN' as const };
    await publishPolicy(admin, [{ country: 'US', purposes: [full, bare] }]);
    const { consentPolicy } = await admin.do(
      '{ consentPolicy { rows { purposes { purpose basis evidence quietHours { from to } } } } }',
    );
    expect(consentPolicy.rows[1].purposes).toEqual([full, { ...bare, evidence: [], quietHours: null }]);
  });

  it('replaces an announced version by one that begins before it', async () => {
    const announced = new Date((await now(platform)).getTime() + DAY_MS);
    await publishPolicy(admin, [US_OPT_OUT], { effectiveAt: announced.toISOString() });
    await publishPolicy(admin, []);
    await clockAt(platform, announced);
    const { consentPolicy } = await admin.do('{ consentPolicy { version } }');
    expect(consentPolicy.version).toBe(3);
  });

  it('of many who publish at once, lets one, and tells the others', async () => {
    for (let round = 1; round <= 5; round++) {
      const replaces = await newestPolicy(admin);
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => publishPolicy(admin, [US_OPT_OUT], { replaces })),
      );
      const published = answers.filter(({ policy }) => policy);
      expect(published.map(({ policy }) => policy?.version)).toEqual([replaces + 1]);
      const refused = answers.filter(({ reason }) => reason === 'POLICY_CHANGED');
      expect(refused).toHaveLength(11);
      expect(refused[0]?.message).toContain(`newest version is ${replaces + 1}`);
    }
    expect(await newestPolicy(admin)).toBe(6);
  });

  const rule = (changes: object) => ({
    country: 'US',
    purposes: [{ purpose: 'ADS', basis: 'OPT_IN', ...changes }],
  });
  const twice = { purpose: 'ADS', basis: 'OPT_IN' };
  it.each([
    ['input.rows', { rows: [US_OPT_OUT] }],
    ['input.rows', { rows: [EVERY_OTHER, US_OPT_OUT, US_OPT_OUT] }],
    ['input.rows', { rows: [EVERY_OTHER, ...Array.from({ length: 251 }, () => US_OPT_OUT)] }],
    ['input.rows[0].purposes', { rows: [{ ...EVERY_OTHER, purposes: EVERY_OTHER.purposes.slice(1) }] }],
    ['input.rows[1].purposes', { rows: [EVERY_OTHER, { country: 'US', purposes: [] }] }],
    ['input.rows[1].purposes', { rows: [EVERY_OTHER, { country: 'US', purposes: [twice, twice] }] }],
    ['input.rows[1].country', { rows: [EVERY_OTHER, { ...US_OPT_OUT, country: 'us' }] }],
    ['input.rows[1].country', { rows: [EVERY_OTHER, { ...US_OPT_OUT, country: 'XX' }] }],
    ['input.rows[1].country', { rows: [EVERY_OTHER, { ...US_OPT_OUT, country: '__proto__' }] }],
    ['input.rows[1].purposes[0].validDays', { rows: [EVERY_OTHER, rule({ validDays: 0 })] }],
    ['input.rows[1].purposes[0].validDays', { rows: [EVERY_OTHER, rule({ validDays: 3_651 })] }],
    [
      'input.rows[1].purposes[0].validDays',
      { rows: [EVERY_OTHER, rule({ basis: 'OPT_OUT', validDays: 5 })] },
    ],
    ['input.rows[1].purposes[0].evidence', { rows: [EVERY_OTHER, rule({ evidence: ['OTHER', 'OTHER'] })] }],
    [
      'input.rows[1].purposes[0].evidence',
      { rows: [EVERY_OTHER, rule({ purpose: 'MATCHING', evidence: ['WEB_FORM'] })] },
    ],
    ['input.rows[1].purposes[0].quietHours', { rows: [EVERY_OTHER, rule({ quietHours: NIGHT })] }],
    [
      'input.rows[1].purposes[0].quietHours',
      { rows: [EVERY_OTHER, rule({ purpose: 'AUTHENTICATION', quietHours: NIGHT })] },
    ],
    [
      'input.rows[1].purposes[0].quietHours',
      { rows: [EVERY_OTHER, rule({ purpose: 'MARKETING', quietHours: { from: '08:00', to: '08:00' } })] },
    ],
    [
      'input.rows[1].purposes[0].quietHours.to',
      { rows: [EVERY_OTHER, rule({ purpose: 'MARKETING', quietHours: { from: '20:00', to: '24:00' } })] },
    ],
    ['input.note', { note: '  ' }],
    ['input.note', { note: 'a\0b' }],
    ['input.replaces', { replaces: 0 }],
    ['input.effectiveAt', { effectiveAt: new Date(Date.now() - 1_000).toISOString() }],
    ['input.effectiveAt', { effectiveAt: new Date(Date.now() + 400 * DAY_MS).toISOString() }],
  ])('names the field and its rule: %s', async (field, changes) => {
    const input = { replaces: 1, note: 'Note', rows: [EVERY_OTHER], ...changes };
    const { errors } = await admin.raw(PUBLISH_POLICY, { input });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field }] });
    expect(await newestPolicy(admin)).toBe(1);
  });
});

describe('versions in the database', () => {
  it.each(['gate', 'business', 'person', 'admin', 'engine'])(
    'can not be changed or removed: %s',
    async (role) => {
      const [row] = await platform.database.sql<{ held: string[] }>(
        `SELECT coalesce(array_agg(privilege), '{}') AS held
        FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
        WHERE has_table_privilege($1, 'consent_policy', privilege)
          OR (privilege = 'UPDATE' AND has_any_column_privilege($1, 'consent_policy', privilege))`,
        [`assent_${role}`],
      );
      const may = new Map([
        ['admin', ['SELECT', 'INSERT']],
        ['person', ['SELECT']],
        ['engine', ['SELECT']],
      ]);
      expect(row?.held).toEqual(may.get(role) ?? []);
    },
  );
});
