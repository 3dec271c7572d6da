import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CreateAdminToken } from '@assent/accounts';
import { stepOf, totp } from '../../libs/accounts/src/adapters/totp.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const MINUTE = 60_000;
const POLICY = `mutation { publishConsentPolicy(input: { replaces: 99, note: "x", rows: [] }) { __typename } }`;

let platform: TestPlatform;
let admin: GraphQLClient;
let secret: Buffer;
let recovery: string[];
/** The code that enrolled it. */
let taken: string;
/** How far the platform's clock is ahead. */
let ahead = 0;

beforeAll(async () => {
  platform = await startPlatform({ ADMIN_SECOND_FACTOR: 'required' }, { worker: false });
  admin = platform.admin();
});
afterAll(() => platform.stop());

/** What the app shows at the platform's time, so many steps from now. */
const code = (away = 0) => totp(secret, stepOf(new Date(Date.now() + ahead)) + away);

async function pass(milliseconds: number): Promise<void> {
  ahead += milliseconds;
  await platform.shiftClock(ahead);
}

async function give(client: GraphQLClient, given: string): Promise<any> {
  const { giveSecondFactor } = await client.do(
    `mutation ($code: String!) { giveSecondFactor(input: { code: $code }) { __typename
      ... on GiveSecondFactorPayload { fullUntil freshUntil recoveryCodes }
      ... on Refusal { reason retryAt } } }`,
    { code: given },
  );
  return giveSecondFactor;
}

async function enrol(client: GraphQLClient): Promise<any> {
  const { enrolSecondFactor } = await client.do(
    `mutation { enrolSecondFactor { ... on EnrolSecondFactorPayload { secret url } ... on Refusal { reason } } }`,
  );
  return enrolSecondFactor;
}

async function codeOf(client: GraphQLClient, query: string): Promise<string | undefined> {
  return (await client.raw(query)).errors?.[0]?.extensions.code;
}

/** A token of the same admin that has proved nothing. */
async function anotherToken(options = {}): Promise<GraphQLClient> {
  const { token } = await platform.app.get(CreateAdminToken, { strict: false }).execute(options);
  return platform.admin(token);
}

/** What an authenticator app does with the secret. */
function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => parseInt(byte, 2)),
  );
}

describe('the second factor of an admin', () => {
  it('is asked for before anything else', async () => {
    expect(await codeOf(admin, '{ admin { id } }')).toBe('SECOND_FACTOR_REQUIRED');
    expect(await give(admin, '123456')).toMatchObject({ reason: 'SECOND_FACTOR_NOT_BEGUN' });
  });

  it('is enrolled by the first code of the app, and brings ten recovery codes', async () => {
    await enrol(admin); // begun anew below
    const begun = await enrol(admin);
    expect(begun.url).toMatch(/^otpauth:\/\/totp\/Assent:adm_\w+\?issuer=Assent&secret=[A-Z2-7]{32}&/);
    secret = fromBase32(begun.secret);
    taken = code();
    const proved = await give(admin, taken);
    expect(proved.recoveryCodes).toHaveLength(10);
    expect(new Set(proved.recoveryCodes).size).toBe(10);
    recovery = proved.recoveryCodes;
    expect(await codeOf(admin, '{ admin { id } }')).toBeUndefined();
    expect(await enrol(admin)).toEqual({ reason: 'SECOND_FACTOR_ENROLLED' });
  });

  it('is one of the session, not of the admin', async () => {
    const other = await anotherToken();
    expect(await codeOf(other, '{ admin { id } }')).toBe('SECOND_FACTOR_REQUIRED');
    expect(await enrol(other)).toEqual({ reason: 'SECOND_FACTOR_ENROLLED' });
  });

  it('takes each code once, also of two requests at once', async () => {
    expect(await give(admin, taken)).toMatchObject({ reason: 'CODE_INVALID' });
    await pass(MINUTE);
    const next = code();
    const answers = await Promise.all([give(admin, next), give(admin, next), give(admin, next)]);
    expect(answers.filter(({ freshUntil }) => freshUntil)).toHaveLength(1);
  });

  it('takes a recovery code once, in place of one of the app', async () => {
    const other = await anotherToken();
    expect(await give(other, recovery[0]!)).toMatchObject({ recoveryCodes: [] });
    expect(await codeOf(other, '{ admin { id } }')).toBeUndefined();
    expect(await give(other, recovery[0]!)).toMatchObject({ reason: 'CODE_INVALID' });
    expect(await give(other, ` ${recovery[1]!.toUpperCase()} `)).toMatchObject({ recoveryCodes: [] });
  });

  it('is asked for again before what is dangerous, and after half a day before everything', async () => {
    expect(await codeOf(admin, POLICY)).toBe('BAD_INPUT');
    await pass(6 * MINUTE);
    expect(await codeOf(admin, POLICY)).toBe('REAUTHENTICATION_REQUIRED');
    expect(await codeOf(admin, '{ admin { id } }')).toBeUndefined();
    await give(admin, code());
    expect(await codeOf(admin, POLICY)).toBe('BAD_INPUT');
    await pass(12 * 60 * MINUTE);
    expect(await codeOf(admin, '{ admin { id } }')).toBe('SECOND_FACTOR_REQUIRED');
  });

  it('can not be guessed: five wrong codes stop the right one too', async () => {
    const wrong = code() === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 5; tries++)
      expect(await give(admin, wrong)).toMatchObject({ reason: 'CODE_INVALID' });
    const stopped = await give(admin, code());
    expect(stopped.reason).toBe('TOO_MANY_ATTEMPTS');
    expect(await give(admin, recovery[2]!)).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
    await pass(Date.parse(stopped.retryAt) - Date.now() - ahead + 1_000);
    expect((await give(admin, code())).freshUntil).toBeDefined();
  });

  it('is kept sealed, its recovery codes as hashes, and no code is in the audit log', async () => {
    const rows = JSON.stringify([
      await platform.database.sql(`SELECT encode(sealed_secret, 'hex') FROM admin_second_factor`),
      await platform.database.sql('SELECT * FROM admin_recovery_code'),
      await platform.database.sql('SELECT * FROM audit_act'),
    ]);
    expect(rows).not.toContain(secret.toString('hex'));
    for (const each of recovery) expect(rows).not.toContain(each);
    const acts = await platform.database.sql(
      `SELECT DISTINCT name, refusal FROM audit_act WHERE name ~ 'SecondFactor' ORDER BY 1, 2`,
    );
    expect(acts).toEqual(
      expect.arrayContaining([
        { name: 'giveSecondFactor', refusal: 'TOO_MANY_ATTEMPTS' },
        { name: 'giveSecondFactor', refusal: null },
      ]),
    );
  });

  it('that was lost is reset by the operator at the server, for all sessions', async () => {
    const other = await anotherToken({ resetSecondFactor: true });
    expect(await codeOf(admin, '{ admin { id } }')).toBe('SECOND_FACTOR_REQUIRED');
    expect((await enrol(other)).secret).toBeDefined();
    const [reset] = await platform.database.sql(
      `SELECT actor_kind FROM audit_act WHERE name = 'resetSecondFactor'`,
    );
    expect(reset).toEqual({ actor_kind: 'OPERATOR' });
  });
});
