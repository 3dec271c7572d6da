import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parsePublicId } from '@assent/platform';
import { anEmail } from '../support/builders/accounts.js';
import {
  addAdmin,
  approve,
  idOfAdmin,
  reject,
  removeAdmin,
  setAdminRole,
  signInAdmin,
  type TestProposal,
} from '../support/builders/admins.js';
import { appeal, endLimit, lift, restrict, setLimit } from '../support/builders/limits.js';
import { switches, switchOff, switchOn, trySwitchOff } from '../support/builders/kill-switches.js';
import { plantFault } from '../support/plant-fault.js';
import { addOthers, business, first, HOUR_MS, others, platform, proposed } from './four-eyes-platform.js';

describe('two admins', () => {
  let repair = () => {};
  beforeAll(async () => {
    await platform.database.sql(`UPDATE business SET reach_tier = 'TIER_250'`);
    await addOthers();
  });
  afterEach(() => repair());

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
});
