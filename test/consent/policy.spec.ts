import { randomInt } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DispatchMessages } from '@assent/messaging';
import { aBusiness } from '../support/builders/accounts.js';
import { matchAll, send } from '../support/builders/messaging.js';
import { aPerson, aPhone } from '../support/builders/people.js';
import {
  EVERY_OTHER,
  publishPolicy,
  type TestRow,
  type TestRule,
  US_OPT_OUT,
} from '../support/builders/policy.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { clockAt, now } from './policy-clock.js';

const DAY_MS = 86_400_000;
const POLICY = '{ version inForce publishedBy note rows { country purposes { purpose basis validDays } } }';

let platform: TestPlatform;
let business: GraphQLClient;
let admin: GraphQLClient;

beforeAll(async () => {
  platform = await startPlatform({ PAIR_INTERVAL_MS: '1' }, { worker: false });
  business = platform.business((await aBusiness(platform)).apiKey);
  admin = platform.admin();
});
afterEach(async () => {
  await platform.shiftClock(0);
  // As if the database were set back to a backup: the next version 2 is another one, and must be followed.
  await platform.database.sql('DELETE FROM consent_policy WHERE version > 1');
});
afterAll(() => platform.stop());

/** A number of the USA that nobody else has. */
const aNumberOfTheUS = () => `+1415${randomInt(200, 999)}${String(randomInt(10_000)).padStart(4, '0')}`;

/** A person of the USA, matched. */
const american = () => matched(aNumberOfTheUS());
/** A person of Germany, matched. */
const german = () => matched(aPhone());

async function matched(phone: string) {
  const [reachable] = await matchAll(business, [await aPerson(platform, { phone })]);
  if (!reachable) throw new Error('Nobody was matched');
  return reachable;
}

const market = (contact: string) => send(business, contact, { purpose: 'MARKETING' });
const answerOf = async (contact: string) => {
  const { __typename, reason } = await market(contact);
  return reason ?? __typename;
};
const consentOf = async (contact: string, purpose = 'MARKETING') => {
  const { contact: found } = await business.do(
    `query ($id: ID!) { contact(by: { id: $id }) { consent { purpose allowed rule since policyVersion } } }`,
    { id: contact },
  );
  return found.consent.find((each: { purpose: string }) => each.purpose === purpose);
};

describe('the built-in policy', () => {
  it('is version 1, in force, with a row of its own for each country that it was made for', async () => {
    const { consentPolicy } = await admin.do(`{ consentPolicy ${POLICY} }`);
    expect(consentPolicy).toMatchObject({ version: 1, inForce: true, publishedBy: null, note: 'Built in.' });
    const [first, ...countries] = consentPolicy.rows as TestRow[];
    const nulls = EVERY_OTHER.purposes.map((rule) => ({ ...rule, validDays: null }));
    expect(first).toEqual({ country: '*', purposes: nulls });
    expect(countries.map(({ country }) => country)).toEqual([
      ...[
        'AT',
        'BE',
        'BG',
        'BR',
        'CH',
        'CY',
        'CZ',
        'DE',
        'DK',
        'EE',
        'ES',
        'FI',
        'FR',
        'GB',
        'GR',
        'HR',
        'HU',
        'IE',
      ],
      ...[
        'IN',
        'IS',
        'IT',
        'LI',
        'LT',
        'LU',
        'LV',
        'MT',
        'NL',
        'NO',
        'PL',
        'PT',
        'RO',
        'SE',
        'SI',
        'SK',
        'US',
      ],
    ]);
    for (const { country, purposes } of countries) {
      const analytics = {
        purpose: 'ANALYTICS',
        basis: country === 'US' ? 'OPT_OUT' : 'OPT_IN',
        validDays: null,
      };
      expect(purposes).toEqual([...nulls.slice(0, -1), analytics]);
    }
  });

  it('takes imported opt-ins on firmer evidence where courts want it, and lets people sleep', async () => {
    const { consentPolicy } = await admin.do(
      '{ consentPolicy { rows { country purposes { purpose evidence quietHours { from to } } } } }',
    );
    const rows = new Map<string, Required<TestRule>[]>(
      consentPolicy.rows.map(({ country, purposes }: TestRow) => [country, purposes]),
    );
    const marketing = (country: string) => rows.get(country)?.find(({ purpose }) => purpose === 'MARKETING');
    const firm = ['DOUBLE_OPT_IN', 'PAPER_FORM', 'SMS_KEYWORD'];
    for (const country of ['DE', 'AT', '*']) expect(marketing(country)?.evidence).toEqual(firm);
    for (const country of ['US', 'FR', 'GB', 'CH', 'BR'])
      expect(marketing(country)?.evidence).toContain('WEB_FORM');
    expect(marketing('IN')?.evidence).toEqual(['DOUBLE_OPT_IN', 'SMS_KEYWORD']);

    const hours = ['US', 'FR', 'IN', 'BR', '*'].map((country) => marketing(country)?.quietHours);
    const from = '21:00';
    const ends = ['08:00', '08:00', '10:00', '09:00', '08:00'];
    expect(hours).toEqual(ends.map((to) => ({ from, to })));
    for (const { purpose, evidence, quietHours } of [...rows.values()].flat()) {
      if (purpose !== 'MARKETING') expect(quietHours).toBeNull();
      if (purpose === 'MATCHING') expect(evidence).toEqual([]);
    }
  });

  it('tells a person what holds in their country', async () => {
    const people = await Promise.all([aPerson(platform, { phone: aNumberOfTheUS() }), aPerson(platform)]);
    const [us, de] = await Promise.all(
      people.map(async ({ api }) => {
        const { consentDefaults } = await api.do(
          '{ consentDefaults { purpose basis validDays evidence quietHours { from to } policyVersion } }',
        );
        return consentDefaults;
      }),
    );
    expect(us.at(-1)).toMatchObject({ purpose: 'ANALYTICS', basis: 'OPT_OUT', policyVersion: 1 });
    expect(de.at(-1)).toMatchObject({ purpose: 'ANALYTICS', basis: 'OPT_IN', quietHours: null });
    expect(de[2]).toMatchObject({
      purpose: 'MARKETING',
      evidence: ['DOUBLE_OPT_IN', 'PAPER_FORM', 'SMS_KEYWORD'],
      quietHours: { from: '21:00', to: '08:00' },
    });
  });
});

describe('a policy that lets marketing go on in the US until a person objects', () => {
  it('holds from its millisecond on, there and nowhere else, and a stop still wins', async () => {
    const us = await american();
    const de = await german();
    const from = new Date((await now(platform)).getTime() + 60_000);
    const published = await publishPolicy(admin, [US_OPT_OUT], { effectiveAt: from.toISOString() });
    expect(published.policy).toMatchObject({ version: 2, inForce: false, effectiveAt: from.toISOString() });

    await clockAt(platform, new Date(from.getTime() - 1));
    expect(await answerOf(us.contact)).toBe('CONSENT_MISSING');
    expect(await consentOf(us.contact)).toMatchObject({ rule: 'NO_OPT_IN', policyVersion: 1 });

    await clockAt(platform, from);
    expect(await answerOf(us.contact)).toBe('AcceptedMessage');
    expect(await answerOf(de.contact)).toBe('CONSENT_MISSING');
    expect(await consentOf(us.contact)).toMatchObject({
      allowed: true,
      rule: 'NOT_STOPPED',
      policyVersion: 2,
    });
    expect(await consentOf(de.contact)).toMatchObject({
      allowed: false,
      rule: 'NO_OPT_IN',
      policyVersion: 2,
    });
    const { consentDefaults } = await us.person.api.do('{ consentDefaults { purpose basis policyVersion } }');
    expect(consentDefaults).toContainEqual({ purpose: 'MARKETING', basis: 'OPT_OUT', policyVersion: 2 });

    await us.person.api.do('mutation { stop(input: { purpose: MARKETING }) { eventId } }');
    expect(await answerOf(us.contact)).toBe('CONSENT_STOPPED');
    const { consentHistory } = await us.person.api.do(
      '{ consentHistory { nodes { action policyVersion } } }',
    );
    expect(consentHistory.nodes).toEqual([{ action: 'STOP', policyVersion: 2 }]);
  });

  it('does not outlast its time: what is queued is decided by the policy at dispatch', async () => {
    const us = await american();
    await publishPolicy(admin, [US_OPT_OUT]);
    const { id } = await market(us.contact);
    await publishPolicy(admin, []);
    const dispatch = platform.app.get(DispatchMessages, { strict: false });
    while (await dispatch.execute());
    const { message } = await business.do('query ($id: ID!) { message(id: $id) { status reason } }', { id });
    expect(message).toEqual({ status: 'SUPPRESSED', reason: 'CONSENT_MISSING' });
  });

  it('makes what it lets go on visible at dispatch', async () => {
    const us = await american();
    await publishPolicy(admin, [US_OPT_OUT]);
    const { id } = await market(us.contact);
    const dispatch = platform.app.get(DispatchMessages, { strict: false });
    while (await dispatch.execute());
    const { message } = await business.do('query ($id: ID!) { message(id: $id) { status } }', { id });
    expect(message.status).toBe('DISPATCHED');
  });
});

describe('matching', () => {
  it('asks the policy of the person’s country, at once', async () => {
    await publishPolicy(admin, [{ country: 'US', purposes: [{ purpose: 'MATCHING', basis: 'OPT_IN' }] }]);
    const phone = aNumberOfTheUS();
    const person = await aPerson(platform, { phone });
    await expect(matchAll(business, [person])).rejects.toThrow('did not become a contact');
    await publishPolicy(admin, []);
    await expect(matchAll(business, [person])).resolves.toHaveLength(1);
  });
});

describe('an opt-in that expires', () => {
  it('counts to the last millisecond of its days, and anew when the person allows again', async () => {
    const de = await german();
    const start = await now(platform);
    await clockAt(platform, start);
    await de.person.api.do('mutation { allow(input: { purpose: MARKETING }) { eventId } }');
    await publishPolicy(admin, [
      { country: 'DE', purposes: [{ purpose: 'MARKETING', basis: 'OPT_IN', validDays: 10 }] },
    ]);
    const end = new Date(start.getTime() + 10 * DAY_MS);
    const expiry = async () =>
      (await de.person.api.do('{ consents { nodes { expiresAt } } }')).consents.nodes;
    expect(await expiry()).toEqual([{ expiresAt: end.toISOString() }]);

    await clockAt(platform, new Date(end.getTime() - 1));
    expect(await consentOf(de.contact)).toMatchObject({ allowed: true, rule: 'ALLOWED' });
    await clockAt(platform, end);
    expect(await answerOf(de.contact)).toBe('CONSENT_MISSING');
    // Said to everyone: a time that all businesses were told would show them that they know the same person.
    expect(await consentOf(de.contact)).toMatchObject({
      allowed: false,
      rule: 'OPT_IN_EXPIRED',
      since: null,
    });

    await de.person.api.do('mutation { allow(input: { purpose: MARKETING }) { eventId } }');
    expect(await answerOf(de.contact)).toBe('AcceptedMessage');
  });
});
