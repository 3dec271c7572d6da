import { beforeAll, describe, expect, it } from '@jest/globals';
import { parsePublicId, publicId, uuid7 } from '@assent/platform';
import { anEmail } from '../support/builders/accounts.js';
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
import { setTier } from '../support/builders/limits.js';
import {
  actsOf,
  addOthers,
  business,
  first,
  HOUR_MS,
  others,
  platform,
  proposed,
  tierOf,
} from './four-eyes-platform.js';

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
  beforeAll(addOthers);

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

  it('propose at most 100 each that wait', async () => {
    const [{ proposed_by: me }] = (await platform.database.sql<{ proposed_by: string }>(
      'SELECT proposed_by FROM proposal ORDER BY id DESC LIMIT 1',
    )) as [{ proposed_by: string }];
    const waiting = await proposals(first, 'WAITING');
    await platform.database.sql(
      `INSERT INTO proposal (id, operation, input, basis, subjects, proposed_by, proposed_at, expires_at)
        SELECT gen_random_uuid(), 'nothing', '{}', '{}', '{}', $1, now(), now() + interval '1 hour' * n
        FROM generate_series(1, 99 - $2::int) AS n`,
      [me, waiting.length],
    );
    try {
      // Two at once have room for one.
      const results = await Promise.all(
        ['TIER_10K', 'TIER_100K'].map((tier) => setTier(platform, business, tier)),
      );
      expect(results.map(({ reason }) => reason).sort()).toEqual(['APPROVAL_NEEDED', 'TOO_MANY_PROPOSALS']);
      const { setReachTier: refused } = await first.do(
        `mutation ($input: SetReachTierInput!) { setReachTier(input: $input) { ... on Refusal { reason retryAt } } }`,
        { input: { business: business.id, tier: 'UNLIMITED', reason: 'One more.' } },
      );
      expect(refused.reason).toBe('TOO_MANY_PROPOSALS');
      expect(Date.parse(refused.retryAt) - Date.now()).toBeGreaterThan(3_000_000);
      const { proposal } = results.find(({ reason }) => reason === 'APPROVAL_NEEDED') as {
        proposal?: TestProposal;
      };
      // What waits is answered again, and what is taken back makes room.
      expect(await proposed((JSON.parse(proposal!.input) as { tier: string }).tier)).toMatchObject({
        id: proposal!.id,
      });
      await reject(first, proposal!.id);
      await reject(first, (await proposed('TIER_100K')).id);
    } finally {
      await platform.database.sql(`DELETE FROM proposal WHERE operation = 'nothing'`);
    }
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
