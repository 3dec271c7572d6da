import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { anUnverifiedBusiness, submitByFile } from '../support/builders/accounts.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let repair = () => {};
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
});
afterEach(() => repair());
afterAll(() => platform.stop());

const allAtOnce = <Result>(times: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: times }, (_, index) => work(index)));

/** An address of a member, to which no code was sent lately and at which none was entered. */
async function anAddress(): Promise<string> {
  const { ownerEmail } = await anUnverifiedBusiness(platform);
  await platform.database.sql(
    `UPDATE sign_in_code SET sent_at = '{}', attempts = 0, expires_at = assent_now() + interval '1 minute'
      WHERE email = $1`,
    [ownerEmail],
  );
  return ownerEmail;
}

async function codesSent(email: string): Promise<number> {
  const before = platform.codes(email).length;
  await allAtOnce(20, () =>
    platform
      .business()
      .do(`mutation ($email: String!) { requestSignInCode(input: { email: $email }) { __typename } }`, {
        email,
      }),
  );
  return platform.codes(email).length - before;
}

async function codesCompared(email: string): Promise<number> {
  const answers = await allAtOnce(20, () =>
    platform.business().do(
      `mutation ($email: String!) {
        signIn(input: { email: $email, code: "000000" }) { ... on Refusal { reason } }
      }`,
      { email },
    ),
  );
  return answers.filter(({ signIn }) => signIn.reason === 'CODE_INVALID').length;
}

async function aRequest(): Promise<string> {
  return submitByFile(platform, (await anUnverifiedBusiness(platform)).token);
}

async function decisions(id: string): Promise<number> {
  const answers = await allAtOnce(16, (index) =>
    platform
      .admin()
      .do(
        index % 2 === 0
          ? `mutation ($id: ID!) { answer: approveVerification(input: { id: $id }) { __typename } }`
          : `mutation ($id: ID!) { answer: rejectVerification(input: { id: $id, reason: "No" }) { __typename } }`,
        { id },
      ),
  );
  return answers.filter(({ answer }) => answer.__typename.endsWith('Payload')).length;
}

const createKey = (token: string) =>
  platform
    .business(token)
    .do(`mutation { createApiKey(input: { name: "Key", scopes: ["account:read"] }) { __typename } }`);

/** The session of a business that may make two more keys. */
async function nearlyFull(): Promise<string> {
  const { token } = await anUnverifiedBusiness(platform);
  for (let made = 0; made < 48; made++) await createKey(token);
  return token;
}

async function keysMade(token: string): Promise<number> {
  const answers = await allAtOnce(40, () => createKey(token));
  return answers.filter(({ createApiKey }) => createApiKey.__typename === 'CreateApiKeyPayload').length;
}

const RACES = [
  { what: 'codes sent to one address', subject: anAddress, race: codesSent, exactly: 5 },
  { what: 'wrong codes compared for one address', subject: anAddress, race: codesCompared, exactly: 5 },
  { what: 'decisions about one request', subject: aRequest, race: decisions, exactly: 1 },
  { what: 'keys made where two places are left', subject: nearlyFull, race: keysMade, exactly: 2 },
];

/** Every row lock left out, the one that is taken by writing too. */
const withoutLocks = (sql: string) =>
  sql.startsWith('INSERT INTO sign_in_code')
    ? `SELECT code_hash, attempts, sent_at, expires_at, assent_now() AS now FROM sign_in_code WHERE email = $1`
    : sql.replace(/\sFOR (NO KEY )?UPDATE\b/g, '');

describe.each(RACES)('$what', ({ subject, race, exactly }) => {
  it(`are ${exactly}, whoever races`, async () => {
    expect(await race(await subject())).toBe(exactly);
  });

  it(`would be more than ${exactly} without the lock`, async () => {
    let most = 0;
    // Luck may serve for a lock; not five times.
    for (let tries = 0; tries < 5 && most <= exactly; tries++) {
      const raced = await subject();
      repair = plantFault(withoutLocks);
      most = Math.max(most, await race(raced));
      repair();
    }
    expect(most).toBeGreaterThan(exactly);
  });
});
