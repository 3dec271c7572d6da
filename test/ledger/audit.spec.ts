import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DumpAuditLog, ExtendAuditLog } from '@assent/ledger';
import { Handles, parsePublicId, uuid7 } from '@assent/platform';
import { AUDITED } from '../../apps/api/src/audited.js';
import { readKey } from '../../apps/verify/src/note.js';
import { aBusiness, anApiKey, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { dispatchAll } from '../support/builders/dispatch.js';
import { reachablePeople, send } from '../support/builders/messaging.js';
import { aMember } from '../support/builders/staff.js';
import { NO_MORE_NEWSLETTERS } from '../support/builders/stop-words.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { check, LogPlatform, objection } from '../consent/log-platform.js';
import { type Line, reseal, written } from '../consent/dumped-ledger.js';
import { anyMutation, MUTATIONS, UNLOGGED } from './any-mutation.js';

const ENTRY = `id at actorKind actor business act outcome refusal subjects subjectCount reason seq
  details { name values }`;

let platform: TestPlatform;
let business: TestBusiness;
let admin: string;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  business = await aBusiness(platform);
  admin = (await platform.admin().do('{ admin { id } }')).admin.id;
});
afterAll(() => platform.stop());

/** Newest first. */
async function logOf(client: GraphQLClient, filter: Record<string, unknown> = {}, page: object = {}) {
  const type = client.url.includes('/admin/') ? 'OperatorAuditFilter' : 'AuditFilter';
  const { auditLog } = await client.do(
    `query ($filter: ${type}, $first: Int!, $after: String) { auditLog(filter: $filter, first: $first, after: $after) {
      nodes { ${ENTRY} } pageInfo { hasNextPage endCursor } } }`,
    { filter, first: 100, ...page },
  );
  return auditLog as { nodes: any[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

async function setTier(tier: string, extra = ''): Promise<any> {
  const { setReachTier } = await platform
    .admin()
    .do(
      `mutation ($input: SetReachTierInput!) { setReachTier(input: $input) { __typename ... on Refusal { reason } } ${extra} }`,
      { input: { business: business.id, tier, reason: 'A campaign that was agreed on' } },
    );
  return setReachTier;
}

async function count(name: string): Promise<number> {
  const [row] = await platform.database.sql<{ acts: number }>(
    'SELECT count(*)::int AS acts FROM audit_act WHERE name = $1',
    [name],
  );
  return row!.acts;
}

describe('the audit log', () => {
  it('keeps who did what to what, why and when', async () => {
    await setTier('TIER_10K');
    const [entry] = (await logOf(platform.admin(), { act: 'setReachTier' })).nodes;
    expect(entry).toMatchObject({
      actorKind: 'ADMIN',
      actor: admin,
      business: null,
      outcome: 'DONE',
      refusal: null,
      reason: 'A campaign that was agreed on',
      details: [
        { name: 'tier', values: ['TIER_10K'] },
        { name: 'pairsOfEyes', values: ['1'] },
      ],
    });
    expect(entry.subjects[0]).toBe(business.id);
    expect(Math.abs(Date.parse(entry.at) - Date.now())).toBeLessThan(60_000);
  });

  it('keeps what was refused', async () => {
    expect(await setTier('TIER_10K')).toMatchObject({ reason: 'SAME_TIER' });
    const [entry] = (await logOf(platform.admin(), { act: 'setReachTier' })).nodes;
    expect(entry).toMatchObject({ outcome: 'REFUSED', refusal: 'SAME_TIER', subjects: [business.id] });
  });

  it('keeps what somebody tried without the permission', async () => {
    const agent = await aMember(platform, business, 'AGENT');
    const { errors } = await agent.api.raw(
      `mutation { revokeApiKey(input: { id: "${business.apiKeyId}" }) { __typename } }`,
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const [entry] = (await logOf(platform.business(business.token), { actor: agent.id })).nodes;
    expect(entry).toMatchObject({ act: 'revokeApiKey', outcome: 'REFUSED', refusal: 'FORBIDDEN' });
  });

  it('has an act in the transaction that does it: where it can not be written, nothing is done', async () => {
    await platform.database.sql(
      `ALTER TABLE audit_act ADD CONSTRAINT no_room CHECK (name <> 'setReachTier') NOT VALID`,
    );
    await expect(setTier('TIER_100K')).rejects.toThrow('INTERNAL');
    await platform.database.sql('ALTER TABLE audit_act DROP CONSTRAINT no_room');
    const [row] = await platform.database.sql('SELECT reach_tier FROM business WHERE id = $1', [
      parsePublicId('biz', business.id),
    ]);
    expect(row).toEqual({ reach_tier: 'TIER_10K' });
  });

  it('has what a request with an idempotency key did once, and with it its answer', async () => {
    const owner = platform.business(business.token);
    const request = `mutation { createApiKey(idempotencyKey: "once", input: { name: "Once", scopes: ["account:read"] }) {
      ... on CreateApiKeyPayload { secret apiKey { id } } } }`;
    const before = await count('createApiKey');
    const [first, again] = [await owner.raw(request), await owner.raw(request)];
    expect(again.extensions?.replayed).toEqual(['createApiKey']);
    expect(again.data).toEqual(first.data);
    expect(await count('createApiKey')).toBe(before + 1);
    const [entry] = (await logOf(owner, { subject: first.data.createApiKey.apiKey.id })).nodes;
    expect(entry).toMatchObject({ act: 'createApiKey', actorKind: 'MEMBER', business: business.id });
    const kept = await platform.database.sql('SELECT * FROM audit_act');
    expect(JSON.stringify(kept)).not.toContain(first.data.createApiKey.secret);
  });

  it('names an API key that did something, and leaves out the messages that it sent', async () => {
    const { secret, id } = await anApiKey(platform, business.token, { scopes: ['templates:manage'] });
    await platform
      .business(secret)
      .do(`mutation { deleteTemplate(input: { id: "tpl_00000000000000000000000000" }) { __typename } }`);
    const [entry] = (await logOf(platform.admin(), { actor: id })).nodes;
    expect(entry).toMatchObject({ actorKind: 'API_KEY', act: 'deleteTemplate', business: business.id });
    const api = platform.business(business.apiKey);
    const [one] = await reachablePeople(platform, api, 1);
    await send(api, one!.contact, { text: 'Your bread is ready' });
    expect((await count('sendMessage')) + (await count('sendMessages'))).toBe(0);
    const rows = JSON.stringify(await platform.database.sql('SELECT * FROM audit_act'));
    expect(rows).not.toContain('Your bread is ready');
    expect(rows).not.toMatch(/\+\d{6,}/);
  });

  it('keeps that an admin read what persons wrote, and that the operator made a token', async () => {
    await platform.admin().do('{ reports(first: 1) { nodes { id } } }');
    const [read] = (await logOf(platform.admin(), { act: 'reports' })).nodes;
    expect(read).toMatchObject({ actor: admin, outcome: 'DONE', subjects: [] });
    const [made] = (await logOf(platform.admin(), { act: 'createAdminToken' })).nodes;
    expect(made).toMatchObject({ actorKind: 'OPERATOR', actor: null, subjects: [admin] });
  });

  it('shows a business its own acts only, page by page', async () => {
    const other = await aBusiness(platform);
    const [mine, theirs] = [
      await logOf(platform.business(business.token)),
      await logOf(platform.business(other.token)),
    ];
    expect(new Set(mine.nodes.map((entry) => entry.business))).toEqual(new Set([business.id]));
    expect(theirs.nodes.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['registerBusiness', 'signIn', 'submitVerification', 'createApiKey']),
    );
    const paged: any[] = [];
    for (let after: string | undefined; ;) {
      const { nodes, pageInfo } = await logOf(platform.business(other.token), {}, { first: 2, after });
      paged.push(...nodes);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(paged).toEqual(theirs.nodes);
    const ofOther = await logOf(platform.admin(), { business: other.id });
    expect(ofOther.nodes).toEqual(theirs.nodes);
    const until = await logOf(platform.admin(), { business: other.id, until: theirs.nodes.at(-1).at });
    expect(until.nodes).toEqual([]);
    const { at } = theirs.nodes.at(1);
    const since = await logOf(platform.admin(), { business: other.id, since: at });
    expect(since.nodes).toEqual(theirs.nodes.filter((entry) => entry.at >= at));
  });

  it('has no gap in a chain that many append to at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => setTier('TIER_10K')));
    const [row] = await platform.database.sql<{ broken: number; acts: number }>(`SELECT count(*)::int AS acts,
      count(*) FILTER (WHERE seq <> coalesce(before, 0) + 1 OR previous_hash IS DISTINCT FROM hash_before)::int AS broken
      FROM (SELECT seq, previous_hash, lag(seq) OVER chain AS before, lag(hash) OVER chain AS hash_before
        FROM audit_act WINDOW chain AS (PARTITION BY ledger ORDER BY seq)) acts`);
    expect(row!.broken).toBe(0);
    expect(row!.acts).toBeGreaterThan(20);
  });

  it.each(['gate', 'business', 'person', 'admin', 'engine', 'eraser'])(
    'can be changed and removed by nobody: %s',
    async (role) => {
      for (const attempt of [
        `UPDATE audit_act SET reason = 'another'`,
        'DELETE FROM audit_act',
        'UPDATE audit_log_node SET hash = hash',
        'DELETE FROM audit_log_checkpoint',
      ]) {
        await expect(new LogPlatform(platform).as(role, attempt)).rejects.toThrow('permission denied');
      }
    },
  );
});

describe('a dump of the audit log', () => {
  let lines: string[];
  let key: string;
  const changed = (at: number, change: (line: Line) => void) => {
    const parsed = lines.map((line) => JSON.parse(line) as Line);
    change(parsed[at]!);
    return written(parsed);
  };
  const events = () =>
    lines.flatMap((line, at) => ((JSON.parse(line) as Line)['type'] === 'event' ? [at] : []));

  beforeAll(async () => {
    const extend = platform.app.get(ExtendAuditLog, { strict: false });
    while (await extend.execute());
    const dump = await platform.app.get(DumpAuditLog, { strict: false }).execute();
    lines = [];
    for await (const line of dump!.lines) lines.push(line);
    key = (await (await fetch(`${platform.url}/audit-log/key`)).text()).trim();
  });

  it('holds, with the key that the platform publishes', async () => {
    const report = await check(lines, [key]);
    expect(report).toMatchObject({ what: 'audit log', erased: 0, events: events().length });
    expect(report.events).toBeGreaterThan(20);
    expect(readKey(key).name).toBe('assent.invalid/consent-log/audit');
    const checkpoint = await (await fetch(`${platform.url}/audit-log/checkpoint`)).text();
    expect(checkpoint).toContain(`\n${report.events}\n`);
  });

  it('is found out where an entry was changed, also where that was sealed anew', async () => {
    const at = events()[2]!;
    expect(await objection(changed(at, (line) => (line['record'].name = 'liftRestriction')))).toMatch(
      new RegExp(`^line ${at + 1}, chain [0-9a-f-]{36}, entry \\d+: the record, its salt,`),
    );
    expect(await objection(changed(at, (line) => reseal(line, { reason: 'another' })))).toMatch(
      /^line \d+(, chain [0-9a-f-]{36}, entry \d+: it does not follow|: the checkpoint was signed over other leaves)/,
    );
  });

  it('is found out where an entry was removed, moved or made an erased one', async () => {
    const [, at] = events() as [number, number];
    expect(await objection(lines.toSpliced(at, 1))).toContain(
      `line ${at + 1}: leaf ${at - 1} should be here`,
    );
    const swapped = lines.with(at, lines[at + 1]!).with(at + 1, lines[at]!);
    expect(await objection(swapped)).toContain(`line ${at + 1}: leaf`);
    const gone = changed(at, (line) => {
      const { index, leafHash } = line;
      for (const name of Object.keys(line)) Reflect.deleteProperty(line, name);
      Object.assign(line, { type: 'erased', index, leafHash });
    });
    expect(await objection(gone)).toBe(`line ${at + 1}: nothing is erased from an audit log`);
  });
});

describe('every mutation', () => {
  it('leaves an entry, but for those that are named', () => {
    for (const audience of ['admin', 'business'] as const)
      expect(Object.keys(AUDITED[audience].unlogged)).toEqual(UNLOGGED[audience]);
    expect(AUDITED.admin.disclosing).toEqual(['reports', 'stopReviews']);
  });

  const named = { admin: {}, business: {} } as Record<'admin' | 'business', Record<string, string>>;

  beforeAll(async () => {
    const api = platform.business(business.apiKey);
    const [one] = await reachablePeople(platform, api, 1);
    const { person, contact } = one!;
    await send(api, contact, { text: 'Hello' });
    await dispatchAll(platform);
    const { inbox } = await person.api.do('{ inbox { nodes { id } } }');
    await person.api.do(
      `mutation ($input: ReportMessageInput!) { reportMessage(input: $input) { __typename } }`,
      { input: { kind: 'SPAM', message: inbox.nodes[0].id } },
    );
    await write(person.api, business.id, NO_MORE_NEWSLETTERS);
    const first = async (client: GraphQLClient, field: string) =>
      (await client.do(`{ ${field}(first: 1) { nodes { id } } }`))[field].nodes[0].id as string;
    const viewer = `business:${parsePublicId('biz', business.id)}`;
    const message = platform.app.get(Handles, { strict: false }).seal(viewer, 'msg', uuid7(Date.now()));
    const owner = platform.business(business.token);
    named.admin = {
      report: await first(platform.admin(), 'reports'),
      review: await first(platform.admin(), 'stopReviews'),
    };
    named.business = { message, review: await first(owner, 'stopReviews') };
  });

  it.each(MUTATIONS)('leaves an entry: $name of the $audience endpoint', async ({ audience, name }) => {
    const client = audience === 'admin' ? platform.admin() : platform.business(business.token);
    const { query, variables } = anyMutation(audience, name, named[audience]);
    const before = await count(name);
    expect((await client.raw(query, variables)).errors).toBeUndefined();
    expect(await count(name)).toBe(before + 1);
  });
});
