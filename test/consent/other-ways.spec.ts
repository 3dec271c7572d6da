import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LiftStop, RecordStop } from '@assent/consent';
import { type ConsentPlatform, startConsent } from './consent-platform.js';

let platform: ConsentPlatform;
beforeAll(async () => {
  platform = await startConsent();
});
afterAll(() => platform.stop());

const stop = () => platform.app.get(RecordStop, { strict: false });
const lift = () => platform.app.get(LiftStop, { strict: false });

describe('a stop that comes by another way than the app', () => {
  it('says what it came through, and whether the very same was in force already', async () => {
    const [person, shop] = [await platform.aPerson(), await platform.aBusiness()];
    const scope = { businessId: shop.id, purpose: null };
    const first = await stop().execute(person, scope, 'keyword');
    expect(first).toMatchObject({
      wasStanding: false,
      record: { action: 'STOP', source: 'keyword', seq: 1 },
    });
    expect(await stop().execute(person, scope, 'link')).toMatchObject({ wasStanding: true });
    // Another scope is another stop, and one that was lifted stands no more.
    expect(await stop().execute(person, { ...scope, purpose: 'ADS' }, 'link')).toMatchObject({
      wasStanding: false,
    });
    await lift().execute(person, scope, 'keyword');
    expect(await stop().execute(person, scope, 'keyword')).toMatchObject({ wasStanding: false });
    expect(await platform.verdicts(person, shop)).toMatchObject({ SERVICE: 'STOPPED_BUSINESS' });
  });

  it('is no repetition of a block of the same business', async () => {
    const [person, shop] = [await platform.aPerson(), await platform.aBusiness()];
    await stop().execute(person, { action: 'BLOCK', businessId: shop.id, purpose: null }, 'app');
    const stopped = await stop().execute(person, { businessId: shop.id, purpose: null }, 'keyword');
    expect(stopped.wasStanding).toBe(false);
  });

  it('is the first of twenty that come at the same time, and no other', async () => {
    const person = await platform.aPerson();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => stop().execute(person, { businessId: null, purpose: null }, 'link')),
    );
    expect(all.filter(({ wasStanding }) => !wasStanding)).toHaveLength(1);
    expect(all.find(({ wasStanding }) => !wasStanding)?.record.seq).toBe(1);
  });
});

describe('taking a stop back', () => {
  it('is no opt-in, and lifts the stop of its very scope alone', async () => {
    const [person, shop] = [await platform.aPerson(), await platform.aBusiness()];
    const marketing = { businessId: shop.id, purpose: 'MARKETING' as const };
    await stop().execute(person, marketing, 'link');
    await stop().execute(person, { businessId: shop.id, purpose: null }, 'keyword');
    expect(await lift().execute(person, { businessId: shop.id, purpose: null }, 'keyword')).toMatchObject({
      action: 'LIFT',
      source: 'keyword',
    });
    expect(await platform.verdicts(person, shop)).toMatchObject({
      SERVICE: 'NOT_STOPPED',
      MARKETING: 'STOPPED_PURPOSE',
    });
    await lift().execute(person, marketing, 'app');
    expect(await platform.verdicts(person, shop)).toMatchObject({ MARKETING: 'NO_OPT_IN' });
  });

  it('records nothing where no such stop stands, so an opt-in stays', async () => {
    const [person, shop] = [await platform.aPerson(), await platform.aBusiness()];
    const marketing = { business: shop.publicId, purpose: 'MARKETING' };
    await person.api.do('mutation ($input: AllowInput!) { allow(input: $input) { eventId } }', {
      input: marketing,
    });
    const scope = { businessId: shop.id, purpose: 'MARKETING' as const };
    expect(await lift().execute(person, scope, 'keyword')).toBeUndefined();
    expect(await platform.verdicts(person, shop)).toMatchObject({ MARKETING: 'ALLOWED' });
  });
});

describe('the table of events', () => {
  it.each([
    ['a business that lifts', { actor: 'BUSINESS', action: 'LIFT', evidence: false }],
    ['an operator who unblocks', { actor: 'OPERATOR', action: 'UNBLOCK', evidence: false }],
    ['an operator who opts in for somebody', { actor: 'OPERATOR', action: 'ALLOW', evidence: false }],
    ['an opt-in by a business without evidence', { actor: 'BUSINESS', action: 'ALLOW', evidence: false }],
    ['evidence of a stop', { actor: 'PERSON', action: 'STOP', evidence: true }],
  ])('refuses %s', async (_, { actor, action, evidence }) => {
    const [person, shop] = [await platform.aPerson(), await platform.aBusiness()];
    const insert = `INSERT INTO consent_event (lane, person_id, id, seq, at, actor, action, business_id, purpose, source,
        policy_version, evidence_kind, evidence_at, salt, hash)
      VALUES (${person.lane}, '${person.personId}', assent_uuid_floor(now()), 1, now(), '${actor}', '${action}',
        '${shop.id}', ${action === 'UNBLOCK' ? 'NULL' : `'ADS'`}, 'test', 1, ${evidence ? `'PAPER_FORM', now()` : 'NULL, NULL'},
        decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'))`;
    await expect(platform.as('engine', undefined, insert)).rejects.toThrow(/violates check constraint/);
  });
});
