import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parsePublicId } from '@assent/platform';
import pg from 'pg';
import { anEmail, anUnverifiedBusiness } from '../support/builders/accounts.js';
import {
  addAdmin,
  idOfAdmin,
  removeAdmin,
  setAdminRole,
  signInAdmin,
  someAdmins,
} from '../support/builders/admins.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const QUEUE = '{ verificationQueue { nodes { id } } }';
const ME = '{ admin { id name role email addedBy signedInAt } }';

let platform: TestPlatform;
let owner: GraphQLClient;
let repair = () => {};

beforeAll(async () => {
  // What a second admin has to approve is tested elsewhere.
  platform = await startPlatform({ ADMIN_FOUR_EYES: 'off' }, { worker: false });
  owner = platform.admin();
});
afterEach(() => repair());
afterAll(() => platform.stop());

const codeOf = async (client: GraphQLClient, query: string) =>
  (await client.raw(query)).errors?.[0]?.extensions.code;

async function anAdmin(role: string): Promise<{ client: GraphQLClient; id: string; email: string }> {
  const email = anEmail();
  const id = (await addAdmin(platform, role, { email })).admin!.id;
  return { client: await signInAdmin(platform, email), id, email };
}

const requestCode = (email: string) =>
  platform
    .admin('')
    .do(
      `mutation ($email: String!) { requestAdminSignInCode(input: { email: $email }) {
        ... on RequestAdminSignInCodePayload { codeExpiresAt } ... on Refusal { reason retryAt } } }`,
      { email },
    )
    .then(({ requestAdminSignInCode }) => requestAdminSignInCode);

const tryCode = (email: string, code: string) =>
  platform
    .admin('')
    .do(
      `mutation ($input: SignInAdminInput!) { signInAdmin(input: $input) {
        ... on SignInAdminPayload { token admin { id } } ... on Refusal { reason } } }`,
      { input: { email, code } },
    )
    .then(({ signInAdmin: session }) => session);

describe('a further admin', () => {
  it('is added by an owner, mailed a code, and signs in with it for 12 hours', async () => {
    const email = anEmail();
    const added = await addAdmin(platform, 'REVIEWER', { email: email.toUpperCase(), name: 'Rosa Review' });
    expect(added.admin).toMatchObject({ name: 'Rosa Review', role: 'REVIEWER', email });
    const client = await signInAdmin(platform, email);
    const { admin } = await client.do(ME);
    expect(admin).toMatchObject({ id: added.admin!.id, role: 'REVIEWER', addedBy: await idOfAdmin(owner) });
    expect(admin.signedInAt).not.toBeNull();
    await platform.shiftClock(12 * 3_600_000 + 60_000);
    expect(await codeOf(client, ME)).toBe('UNAUTHENTICATED');
    await platform.shiftClock(0);
    expect((await owner.do(ME)).admin).toMatchObject({ role: 'OWNER', email: null, addedBy: null });
  });

  it('is one for each address, until they are removed', async () => {
    const { email, id } = await anAdmin('SUPPORT');
    expect(await addAdmin(platform, 'OWNER', { email })).toMatchObject({ reason: 'ADMIN_EXISTS' });
    await removeAdmin(owner, id);
    expect((await addAdmin(platform, 'AUDITOR', { email })).admin).toMatchObject({ role: 'AUDITOR' });
  });

  it('asks for a code as anybody may, who is answered alike and mailed nothing', async () => {
    const { email } = await anAdmin('SUPPORT');
    const stranger = anEmail();
    const before = platform.codes(email).length;
    expect(Object.keys(await requestCode(email))).toEqual(Object.keys(await requestCode(stranger)));
    await until('the code was sent', async () => platform.codes(email).length > before);
    expect(platform.codes(stranger)).toEqual([]);
    expect(await tryCode(stranger, '123456')).toEqual({ reason: 'CODE_INVALID' });
    for (let sent = 0; sent < 3; sent++) await requestCode(email);
    expect(await requestCode(email)).toMatchObject({ reason: 'TOO_MANY_CODES' });
    const wrong = platform.code(email) === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 5; tries++)
      expect(await tryCode(email, wrong)).toEqual({ reason: 'CODE_INVALID' });
    expect(await tryCode(email, platform.code(email))).toEqual({ reason: 'TOO_MANY_ATTEMPTS' });
  });

  it('does not sign in with a code that their business account was sent, nor the other way round', async () => {
    const { ownerEmail } = await anUnverifiedBusiness(platform);
    await addAdmin(platform, 'SUPPORT', { email: ownerEmail });
    const asMember = () =>
      platform
        .business()
        .do(
          `mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on Refusal { reason } } }`,
          { input: { email: ownerEmail, code: platform.code(ownerEmail) } },
        );
    expect((await asMember()).signIn.reason).toBe('CODE_INVALID');
    await platform
      .business()
      .do(`mutation ($email: String!) { requestSignInCode(input: { email: $email }) { __typename } }`, {
        email: ownerEmail,
      });
    expect(await tryCode(ownerEmail, platform.code(ownerEmail))).toEqual({ reason: 'CODE_INVALID' });
    expect((await asMember()).signIn.reason).toBeUndefined();
  });

  it('may do what the role says as soon as that was changed', async () => {
    const { client, id } = await anAdmin('SUPPORT');
    expect(await codeOf(client, QUEUE)).toBe('FORBIDDEN');
    expect((await setAdminRole(owner, id, 'REVIEWER')).admin).toMatchObject({ role: 'REVIEWER' });
    expect(await codeOf(client, QUEUE)).toBeUndefined();
    await setAdminRole(owner, id, 'AUDITOR');
    expect(await codeOf(client, QUEUE)).toBe('FORBIDDEN');
  });

  it('ends the session that asks, and no other', async () => {
    const { client, email } = await anAdmin('SUPPORT');
    await requestCode(email);
    const other = await signInAdmin(platform, email);
    expect(await client.do('mutation { signOut { signedOut } }')).toEqual({ signOut: { signedOut: true } });
    expect(await codeOf(client, ME)).toBe('UNAUTHENTICATED');
    expect(await codeOf(other, ME)).toBeUndefined();
  });

  it('ends all other sessions of their own, and nobody else’s', async () => {
    const { client, email } = await anAdmin('AUDITOR');
    const others: GraphQLClient[] = [];
    for (let session = 0; session < 2; session++) {
      await requestCode(email);
      others.push(await signInAdmin(platform, email));
    }
    const end = () => client.do('mutation { endOtherSessions { ended } }');
    expect(await end()).toEqual({ endOtherSessions: { ended: 2 } });
    for (const other of others) expect(await codeOf(other, ME)).toBe('UNAUTHENTICATED');
    expect(await end()).toEqual({ endOtherSessions: { ended: 0 } });
    for (const session of [client, owner]) expect(await codeOf(session, ME)).toBeUndefined();
  });

  it('can do nothing any more from the moment they are removed, with any session', async () => {
    const { client, id, email } = await anAdmin('OWNER');
    await requestCode(email);
    const other = await signInAdmin(platform, email);
    await client.do('mutation { enrolSecondFactor { __typename } }');
    await requestCode(email);
    expect((await removeAdmin(owner, id)).admin!.removedAt).not.toBeNull();
    for (const session of [client, other]) expect(await codeOf(session, ME)).toBe('UNAUTHENTICATED');
    expect(await tryCode(email, platform.code(email))).toEqual({ reason: 'CODE_INVALID' });
    const rows = await platform.database.sql(
      `SELECT FROM admin_second_factor WHERE admin_id = $1 UNION ALL
        SELECT FROM admin_token WHERE admin_id = $1 AND revoked_at IS NULL`,
      [parsePublicId('adm', id)],
    );
    expect(rows).toEqual([]);
    expect(await removeAdmin(owner, id)).toMatchObject({ reason: 'ADMIN_NOT_FOUND' });
    expect(await setAdminRole(owner, id, 'OWNER')).toMatchObject({ reason: 'ADMIN_NOT_FOUND' });
  });

  it('is listed, also once they were removed, page by page', async () => {
    const all = (await owner.do('{ admins(first: 100) { nodes { id removedAt } } }')).admins.nodes;
    const paged: object[] = [];
    for (let after: string | null = null; ;) {
      const { admins }: any = await owner.do(
        'query ($after: String) { admins(first: 3, after: $after) { nodes { id removedAt } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      paged.push(...admins.nodes);
      if (!admins.pageInfo.hasNextPage) break;
      after = admins.pageInfo.endCursor;
    }
    expect(paged).toEqual(all);
    expect(all.some(({ removedAt }: { removedAt: string | null }) => removedAt)).toBe(true);
  });

  it('is on record: who was added, changed and removed by whom, who signed in, and no address', async () => {
    const { email, id } = await anAdmin('POLICY');
    await setAdminRole(owner, id, 'SUPPORT');
    await removeAdmin(owner, id);
    const { auditLog } = await owner.do(
      'query ($id: ID) { auditLog(filter: { subject: $id }) { nodes { act actor outcome details { name values } } } }',
      { id },
    );
    const acts = auditLog.nodes.map(({ act, actor }: { act: string; actor: string }) => [act, actor === id]);
    expect(acts).toEqual([
      ['removeAdmin', false],
      ['setAdminRole', false],
      ['signInAdmin', true],
      ['addAdmin', false],
    ]);
    const kept = JSON.stringify(await platform.database.sql('SELECT * FROM audit_act'));
    expect(kept).not.toContain(email);
  });
});

describe('owners', () => {
  it('are never none: the last one is neither demoted nor removed', async () => {
    await platform.database.sql(
      `UPDATE admin SET role = 'SUPPORT' WHERE role = 'OWNER' AND email IS NOT NULL`,
    );
    const me = await idOfAdmin(owner);
    expect(await setAdminRole(owner, me, 'AUDITOR')).toMatchObject({ reason: 'LAST_OWNER' });
    expect(await removeAdmin(owner, me)).toMatchObject({ reason: 'LAST_OWNER' });
    expect((await setAdminRole(owner, me, 'OWNER')).admin).toMatchObject({ role: 'OWNER' });
  });

  it('who were demoted while they asked are refused', async () => {
    const { OWNER: second, SUPPORT: third } = await someAdmins(platform, ['OWNER', 'SUPPORT']);
    const [secondId, thirdId] = [await idOfAdmin(second), await idOfAdmin(third)];
    const waiting = async (count: number) => {
      const [row] = await platform.database.sql<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return row!.count === count;
    };
    const holder = new pg.Client({ connectionString: platform.database.appUrl });
    await holder.connect();
    await holder.query(`SELECT pg_advisory_lock(hashtext('assent_admins'))`);
    // They come one behind the other: the demotion first.
    const first = setAdminRole(owner, secondId, 'SUPPORT');
    await until('the first one waits', () => waiting(1));
    const late = removeAdmin(second, thirdId);
    await until('both wait', () => waiting(2));
    await holder.end();
    expect((await first).admin).toMatchObject({ role: 'SUPPORT' });
    expect(await late).toMatchObject({ reason: 'ROLE_NOT_ENOUGH' });
  });

  /** How many owners are left when two demote each other at once. */
  async function race(): Promise<number> {
    await platform.database.sql(
      `UPDATE admin SET role = CASE WHEN email IS NULL THEN 'OWNER'::admin_role ELSE 'SUPPORT' END`,
    );
    const { client, id } = await anAdmin('OWNER');
    const me = await idOfAdmin(owner);
    const outcomes = [setAdminRole(owner, id, 'SUPPORT'), setAdminRole(client, me, 'SUPPORT')];
    for (const outcome of await Promise.allSettled(outcomes)) {
      // Who is demoted before the other one's request is looked at may not ask any more.
      if (outcome.status === 'rejected') expect(String(outcome.reason)).toContain('admins:manage');
    }
    const [row] = await platform.database.sql<{ owners: number }>(
      `SELECT count(*)::int AS owners FROM admin WHERE role = 'OWNER' AND removed_at IS NULL`,
    );
    return row!.owners;
  }

  it('who demote each other at once leave one', async () => {
    for (let round = 0; round < 5; round++) expect(await race()).toBe(1);
  });

  it('would leave none without the lock', async () => {
    let fewest = 1;
    // Luck may serve for a lock; not ten times.
    for (let tries = 0; tries < 10 && fewest > 0; tries++) {
      repair = plantFault((sql) =>
        sql.includes("hashtext('assent_admins')") ? 'SELECT pg_sleep(0.05)' : sql,
      );
      fewest = Math.min(fewest, await race());
      repair();
    }
    expect(fewest).toBe(0);
    await platform.database.sql(`UPDATE admin SET role = 'OWNER' WHERE email IS NULL`);
  });
});
