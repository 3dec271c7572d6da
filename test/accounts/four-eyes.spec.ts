import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parsePublicId, publicId, uuid7 } from '@assent/platform';
import { aBusiness, anEmail, type TestBusiness } from '../support/builders/accounts.js';
import {
  addAdmin,
  approve,
  idOfAdmin,
  proposals,
  reject,
  removeAdmin,
  setAdminRole,
  signInAdmin,
  someAdmins,
  type TestProposal,
} from '../support/builders/admins.js';
import { appeal, endLimit, lift, restrict, setLimit, setTier } from '../support/builders/limits.js';
import { switches, switchOff, switchOn, trySwitchOff } from '../support/builders/kill-switches.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const HOUR_MS = 3_600_000;

let platform: TestPlatform;
let business: TestBusiness;
let first: GraphQLClient;
let others: Record<'OWNER' | 'REVIEWER' | 'POLICY' | 'SUPPORT', GraphQLClient>;
let repair = () => {};

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  business = await aBusiness(platform);
  first = platform.admin();
});
afterEach(() => repair());
afterAll(() => platform.stop());

const tierOf = async () => {
  const [row] = await platform.database.sql<{ tier: string }>(
    'SELECT reach_tier AS tier FROM business WHERE id = $1',
    [parsePublicId('biz', business.id)],
  );
  return row!.tier;
};

/** What the audit log has of an act, newest first. */
async function actsOf(name: string): Promise<any[]> {
  const { auditLog } = await first.do(
    `query ($name: String) { auditLog(filter: { act: $name }, first: 100) {
      nodes { actor outcome refusal reason subjects details { name values } } } }`,
    { name },
  );
  return auditLog.nodes.map((act: any) => ({
    ...act,
    details: Object.fromEntries(act.details.map(({ name: field, values }: any) => [field, values])),
  }));
}

/** Proposes a higher tier, as the first admin. */
async function proposed(tier: string): Promise<TestProposal> {
  const outcome = (await setTier(platform, business, tier)) as { reason?: string; proposal?: TestProposal };
  expect(outcome.reason).toBe('APPROVAL_NEEDED');
  return outcome.proposal!;
}

describe('an operator with one admin', () => {
  it('decides alone, which the audit log says', async () => {
    expect(await setTier(platform, business, 'TIER_10K')).toMatchObject({ change: { to: 'TIER_10K' } });
    expect((await actsOf('setReachTier'))[0]).toMatchObject({
      outcome: 'DONE',
      details: { tier: ['TIER_10K'], pairsOfEyes: ['1'] },
    });
    await setTier(platform, business, 'TIER_2K');
    expect((await actsOf('setReachTier'))[0].details).not.toHaveProperty('pairsOfEyes');
  });

  it('still does so while no other who may approve has signed in', async () => {
    await addAdmin(platform, 'OWNER');
    await someAdmins(platform, ['SUPPORT', 'REVIEWER']);
    expect((await setTier(platform, business, 'TIER_10K')).reason).toBeUndefined();
    await setTier(platform, business, 'TIER_2K');
  });
});

describe('two admins', () => {
  beforeAll(async () => {
    others = await someAdmins(platform, ['OWNER', 'REVIEWER', 'POLICY', 'SUPPORT']);
  });

  it('raise a limit together: one proposes, another approves, and then it is done', async () => {
    const proposal = await proposed('TIER_10K');
    expect(await tierOf()).toBe('TIER_2K');
    expect(proposal).toMatchObject({ operation: 'setReachTier', state: 'WAITING', subjects: [business.id] });
    expect(JSON.parse(proposal.input)).toEqual({
      business: business.id,
      tier: 'TIER_10K',
      reason: 'Agreed by contract.',
    });
    expect(Date.parse(proposal.expiresAt) - Date.parse(proposal.proposedAt)).toBe(72 * HOUR_MS);
    const { proposal: decided } = await approve(others.POLICY, proposal.id);
    expect(decided).toMatchObject({ state: 'APPROVED', decidedBy: await idOfAdmin(others.POLICY) });
    expect(await tierOf()).toBe('TIER_10K');
    expect(await approve(others.OWNER, proposal.id)).toMatchObject({ reason: 'PROPOSAL_DECIDED' });
  });

  it('are on record: who asked, that it was held back, who approved, and what was done', async () => {
    const [me, policy] = [await idOfAdmin(first), await idOfAdmin(others.POLICY)];
    const [done, held] = await actsOf('setReachTier');
    expect(held).toMatchObject({ actor: me, outcome: 'REFUSED', refusal: 'APPROVAL_NEEDED' });
    expect(held.subjects).toEqual([business.id, expect.stringMatching(/^prp_/)]);
    expect(done).toMatchObject({
      actor: me,
      outcome: 'DONE',
      reason: 'Agreed by contract.',
      subjects: held.subjects,
      details: { pairsOfEyes: ['2'], approvedBy: [policy] },
    });
    const approvals = (await actsOf('approveProposal')).filter(({ outcome }) => outcome === 'DONE');
    expect(approvals[0]).toMatchObject({ actor: policy, details: { operation: ['setReachTier'] } });
    await setTier(platform, business, 'TIER_2K');
  });

  it('are two admins: not two sessions of one, nor two keys', async () => {
    const owner = await idOfAdmin(others.OWNER);
    const [{ email }] = (await platform.database.sql<{ email: string }>(
      'SELECT email FROM admin WHERE id = $1',
      [parsePublicId('adm', owner)],
    )) as [{ email: string }];
    await first.do(
      `mutation ($email: String!) { requestAdminSignInCode(input: { email: $email }) { __typename } }`,
      { email },
    );
    const again = await signInAdmin(platform, email);
    const { proposal } = await setAdminRole(others.OWNER, await idOfAdmin(others.SUPPORT), 'POLICY');
    for (const session of [others.OWNER, again])
      expect(await approve(session, proposal!.id)).toMatchObject({ reason: 'OWN_PROPOSAL' });
    expect((await reject(again, proposal!.id)).proposal).toMatchObject({ state: 'REJECTED' });
  });

  it('both need the permission of what is proposed', async () => {
    const proposal = await proposed('TIER_10K');
    expect(await approve(others.REVIEWER, proposal.id)).toMatchObject({ reason: 'ROLE_NOT_ENOUGH' });
    expect(await reject(others.REVIEWER, proposal.id)).toMatchObject({ reason: 'ROLE_NOT_ENOUGH' });
    await expect(approve(others.SUPPORT, proposal.id)).rejects.toThrow('FORBIDDEN');
    expect(await tierOf()).toBe('TIER_2K');
    await reject(others.POLICY, proposal.id);
  });

  it('do not propose twice what waits already, and nothing that nobody knows', async () => {
    const proposal = await proposed('TIER_100K');
    expect((await proposed('TIER_100K')).id).toBe(proposal.id);
    const { proposal: rejected } = await reject(others.POLICY, proposal.id, 'Too soon.');
    expect(rejected).toMatchObject({ state: 'REJECTED', note: 'Too soon.' });
    const next = await proposed('TIER_100K');
    expect(next.id).not.toBe(proposal.id);
    await reject(first, next.id);
    const nobodys = publicId('prp', uuid7(Date.now()));
    expect(await approve(others.POLICY, nobodys)).toMatchObject({ reason: 'PROPOSAL_NOT_FOUND' });
  });

  it('do nothing where what it is about has changed meanwhile', async () => {
    const proposal = await proposed('TIER_10K');
    await setTier(platform, business, 'TIER_250');
    expect(await approve(others.POLICY, proposal.id)).toMatchObject({ reason: 'PROPOSAL_OUTDATED' });
    expect(await tierOf()).toBe('TIER_250');
    expect((await proposals(first, 'OUTDATED'))[0]).toMatchObject({ id: proposal.id });
  });

  it('do nothing where the one who proposed it may no longer ask for it', async () => {
    const email = anEmail();
    const { proposal: joining } = await addAdmin(platform, 'POLICY', { email });
    await approve(others.OWNER, joining!.id);
    const leaving = await signInAdmin(platform, email);
    const asked = (await setTier(platform, business, 'TIER_2K', leaving)) as { proposal?: TestProposal };
    await removeAdmin(first, await idOfAdmin(leaving));
    expect(await approve(others.POLICY, asked.proposal!.id)).toMatchObject({ reason: 'PROPOSAL_OUTDATED' });
    expect(await tierOf()).toBe('TIER_250');
    expect((await proposals(first, 'OUTDATED'))[0]!.note).toMatch(/no longer/);
  });

  it('have 72 hours', async () => {
    const proposal = await proposed('TIER_2K');
    await platform.shiftClock(72 * HOUR_MS + 60_000);
    try {
      expect(await approve(first, proposal.id)).toMatchObject({ reason: 'PROPOSAL_EXPIRED' });
      expect((await proposals(first, 'EXPIRED'))[0]).toMatchObject({ id: proposal.id, state: 'EXPIRED' });
      expect(await proposals(first, 'WAITING')).toEqual([]);
    } finally {
      await platform.shiftClock(0);
    }
    await reject(first, proposal.id);
    expect((await proposals(first)).map(({ id }) => id)).toEqual(await pagedIds());
  });

  /** All of them, two at a time. */
  async function pagedIds(): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const { proposals: page }: any = await first.do(
        'query ($after: String) { proposals(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      ids.push(...page.nodes.map(({ id }: { id: string }) => id));
      if (!page.pageInfo.hasNextPage) return ids;
      after = page.pageInfo.endCursor;
    }
  }

  it('set limits that let more through, end those that let less through, and only those', async () => {
    const [looser, tighter] = [
      await setLimit(platform, business, 'REACH_PLACES', 300),
      await setLimit(platform, business, 'REACH_PLACES', 100),
    ] as { reason?: string; override?: { id: string }; proposal?: TestProposal }[];
    expect(looser!.reason).toBe('APPROVAL_NEEDED');
    expect(tighter!.override).toBeDefined();
    // More than what counts now, and less than what is configured.
    const between = (await setLimit(platform, business, 'REACH_PLACES', 200)) as { proposal?: TestProposal };
    const ended = (await endLimit(platform, tighter!.override!.id)) as { proposal?: TestProposal };
    expect(ended.proposal).toMatchObject({ operation: 'endLimitOverride' });
    expect((await approve(others.POLICY, between.proposal!.id)).proposal).toMatchObject({
      state: 'APPROVED',
    });
    for (const overtaken of [looser!.proposal!, ended.proposal!])
      expect(await approve(others.POLICY, overtaken.id)).toMatchObject({ reason: 'PROPOSAL_OUTDATED' });
    const [row] = await platform.database.sql<{ value: string }>(
      'SELECT value FROM limit_override WHERE business_id = $1 AND ended_at IS NULL',
      [parsePublicId('biz', business.id)],
    );
    expect(Number(row!.value)).toBe(200);
  });

  it('free a restricted business, also by an appeal; to restrict it one is enough', async () => {
    const one = await restrict(platform, business, 'DAYS_7');
    const lifted = (await lift(platform, one.id)) as { proposal?: TestProposal };
    expect(lifted.proposal).toMatchObject({ operation: 'liftRestriction', reason: 'We talked.' });
    expect(await approve(others.POLICY, lifted.proposal!.id)).toMatchObject({ reason: 'ROLE_NOT_ENOUGH' });
    await approve(others.REVIEWER, lifted.proposal!.id);
    const next = await restrict(platform, business, 'DAY_1');
    await appeal(platform, business.token, next.id);
    const decide = async (decision: string) =>
      (
        await first.do(
          `mutation ($input: DecideRestrictionAppealInput!) { decideRestrictionAppeal(input: $input) {
            ... on Refusal { reason } ... on ApprovalNeeded { proposal { id } } } }`,
          { input: { restriction: next.id, decision, reason: 'We looked again.' } },
        )
      ).decideRestrictionAppeal;
    const held = await decide('OVERTURNED');
    expect(held.reason).toBe('APPROVAL_NEEDED');
    await approve(others.REVIEWER, held.proposal.id);
    const ends = await platform.database.sql(
      `SELECT ended_how FROM restriction WHERE business_id = $1 ORDER BY id`,
      [parsePublicId('biz', business.id)],
    );
    expect(ends).toEqual([{ ended_how: 'LIFTED' }, { ended_how: 'OVERTURNED' }]);
  });

  it('are both needed for what would free it by another way: a shorter restriction, a limit that ends earlier', async () => {
    await restrict(platform, business, 'CLOSURE');
    const { imposeRestriction: shorter } = await first.do(
      `mutation ($input: ImposeRestrictionInput!) { imposeRestriction(input: $input) {
        ... on Refusal { reason } ... on ApprovalNeeded { proposal { id } } } }`,
      { input: { business: business.id, rung: 'DAY_1', reason: 'It is enough.' } },
    );
    expect(shorter.reason).toBe('APPROVAL_NEEDED');
    expect((await approve(others.REVIEWER, shorter.proposal.id)).proposal).toMatchObject({
      state: 'APPROVED',
    });
    await restrict(platform, business, 'DAYS_3');
    const strict = () => setLimit(platform, business, 'PAIR_BURST', 1);
    expect((await strict()).override).toBeDefined();
    const soon = await setLimit(platform, business, 'PAIR_BURST', 1, new Date(Date.now() + 60_000));
    expect(soon.reason).toBe('APPROVAL_NEEDED');
  });

  it('switch on together what one switched off, but for a carrier', async () => {
    const off = await switchOff(platform, { kind: 'BUSINESS', business: business.id });
    const held = (await switchOn(platform, off.id)) as { reason?: string; proposal?: TestProposal };
    expect(held.reason).toBe('APPROVAL_NEEDED');
    const soon = { kind: 'BUSINESS', business: business.id, endsAt: new Date(Date.now() + HOUR_MS) };
    const shorter = (await trySwitchOff(platform, soon)) as { reason?: string; proposal?: TestProposal };
    expect(shorter.proposal).toMatchObject({ operation: 'setKillSwitch', subjects: [business.id] });
    expect((await approve(others.OWNER, shorter.proposal!.id)).proposal).toMatchObject({ state: 'APPROVED' });
    expect(await approve(others.OWNER, held.proposal!.id)).toMatchObject({ reason: 'PROPOSAL_OUTDATED' });
    const [now] = await switches(platform, true);
    const last = (await switchOn(platform, now!.id)) as { proposal?: TestProposal };
    expect((await approve(others.OWNER, last.proposal!.id)).proposal).toMatchObject({ state: 'APPROVED' });
    expect(await switches(platform, true)).toEqual([]);
    const carrier = await switchOff(platform, { kind: 'CARRIER', carrier: 'SMS' });
    expect((await switchOn(platform, carrier.id)).reason).toBeUndefined();
  });

  it('make further admins, and give them more to do; to take from them one is enough', async () => {
    const email = anEmail();
    const held = await addAdmin(platform, 'AUDITOR', { email });
    expect(held.reason).toBe('APPROVAL_NEEDED');
    expect(await approve(others.POLICY, held.proposal!.id)).toMatchObject({ reason: 'ROLE_NOT_ENOUGH' });
    await approve(others.OWNER, held.proposal!.id);
    const id = await idOfAdmin(await signInAdmin(platform, email));
    const raised = await setAdminRole(first, id, 'REVIEWER');
    expect(raised.reason).toBe('APPROVAL_NEEDED');
    await approve(others.OWNER, raised.proposal!.id);
    expect((await setAdminRole(first, id, 'SUPPORT')).reason).toBe('APPROVAL_NEEDED'); // it reads what a REVIEWER does not
    expect((await removeAdmin(first, id)).reason).toBeUndefined();
    const kept = JSON.stringify(await platform.database.sql('SELECT * FROM audit_act'));
    expect(kept).not.toContain(email);
  });

  it.each(['approve', 'approve and reject'])('who %s at once have decided once', async (how) => {
    for (let round = 0; round < 3; round++) {
      await platform.database.sql(`UPDATE business SET reach_tier = 'TIER_250'`);
      const proposal = await proposed('TIER_2K');
      const before = await changes();
      const deciders = [others.OWNER, others.POLICY, others.OWNER, others.POLICY];
      const outcomes = await Promise.all(
        deciders.map((admin, at) =>
          how === 'approve' || at % 2 === 0 ? approve(admin, proposal.id) : reject(admin, proposal.id),
        ),
      );
      const decided = outcomes.filter((outcome) => outcome.proposal);
      expect(decided).toHaveLength(1);
      const wasApproved = decided[0]!.proposal!.state === 'APPROVED';
      expect((await changes()) - before).toBe(wasApproved ? 1 : 0);
    }
  });

  it('would have run it more than once without the locks', async () => {
    let most = 1;
    // Luck may serve for a lock; not ten times.
    for (let tries = 0; tries < 10 && most < 2; tries++) {
      await platform.database.sql(`UPDATE business SET reach_tier = 'TIER_250'`);
      const proposal = await proposed('TIER_2K');
      const before = await changes();
      repair = plantFault((sql) =>
        sql.includes("hashtext('assent_admins')")
          ? 'SELECT 1'
          : sql
              .replace(/\sFOR NO KEY UPDATE/g, '')
              // Nor are the guards behind them any help.
              .replace(
                /^SELECT reach_tier AS tier FROM business WHERE id = \$1$/,
                `SELECT 'TIER_250' AS tier, $1::uuid, pg_sleep(0.1)`,
              )
              .replace("AND state = 'WAITING' RETURNING", 'RETURNING'),
      );
      await Promise.allSettled(
        [others.OWNER, others.POLICY, others.OWNER].map((one) => approve(one, proposal.id)),
      );
      repair();
      most = Math.max(most, (await changes()) - before);
    }
    expect(most).toBeGreaterThan(1);
  });

  async function changes(): Promise<number> {
    const [row] = await platform.database.sql<{ count: number }>(
      'SELECT count(*)::int AS count FROM reach_tier_change',
    );
    return row!.count;
  }

  it('are asked for until three days after one of them was removed or demoted, so that nobody gets rid of the other', async () => {
    await platform.database.sql(`UPDATE business SET reach_tier = 'TIER_250'`);
    const owner = await idOfAdmin(others.OWNER);
    await removeAdmin(first, await idOfAdmin(others.POLICY));
    await setAdminRole(first, owner, 'REVIEWER');
    await removeAdmin(first, owner);
    await proposed('TIER_2K');
    await platform.shiftClock(72 * HOUR_MS + 60_000);
    try {
      expect((await setTier(platform, business, 'TIER_2K')).reason).toBeUndefined();
    } finally {
      await platform.shiftClock(0);
    }
  });
});
