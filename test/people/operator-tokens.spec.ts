import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Configuration, ConfigurationError } from '@assent/platform';
import { ForgetExpired } from '@assent/people';
import {
  aSigner,
  AUDIENCE,
  ISSUER,
  KeyServer,
  operatorToken,
  signInByToken,
  type TestSigner,
} from '../support/builders/operator-tokens.js';
import { aPerson, aPhone } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const DAY = 24 * 60 * 60_000;
const HALF_AN_HOUR = 30 * 60_000;
let platform: TestPlatform;
let signer: TestSigner;
let folder: string;
let file: string;

beforeAll(async () => {
  signer = await aSigner();
  folder = mkdtempSync(join(tmpdir(), 'assent-jwks-'));
  file = join(folder, 'jwks.json');
  writeFileSync(file, JSON.stringify({ keys: [signer.jwk] }));
  platform = await startPlatform(
    { PERSON_TOKEN_ISSUER: ISSUER, PERSON_TOKEN_AUDIENCE: AUDIENCE, PERSON_TOKEN_JWKS_FILE: file },
    { worker: false },
  );
});
afterEach(() => platform.shiftClock(0));
afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

const allow = (session: string) =>
  platform.person(session).do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
const history = async (session: string): Promise<unknown[]> =>
  (await platform.person(session).do('{ consentHistory { nodes { sequence } } }')).consentHistory.nodes;
/** A token of a time that the platform's clock has. */
const tokenAt = (phone: string, shift: number) => {
  const now = Math.floor((Date.now() + shift) / 1_000);
  return operatorToken(signer, phone, { iat: now, exp: now + 120 });
};

describe('a token of the operator', () => {
  it('makes a person of a number that nobody has proved', async () => {
    const phone = aPhone();
    const signedIn = await signInByToken(platform, await operatorToken(signer, phone));
    expect(signedIn).toMatchObject({ startedAnew: true, person: { phone, country: 'DE' } });
    expect((await platform.person(signedIn.token).do('{ me { phone } }')).me.phone).toBe(phone);
  });

  it('signs the person in who proved the number by a code, with all that is theirs', async () => {
    const person = await aPerson(platform);
    await allow(person.token);
    const signedIn = await signInByToken(platform, await operatorToken(signer, person.phone));
    expect(signedIn.startedAnew).toBe(false);
    expect(await history(signedIn.token)).toHaveLength(1);
  });

  it('begins anew where the number has come into new hands, and the former owner is gone', async () => {
    const person = await aPerson(platform);
    await allow(person.token);
    await platform.shiftClock(HALF_AN_HOUR);
    const token = await tokenAt(person.phone, HALF_AN_HOUR);
    const signedIn = await signInByToken(platform, token, { startAnew: true });
    expect(signedIn.startedAnew).toBe(true);
    expect(await history(signedIn.token)).toHaveLength(0);
    const { errors } = await person.api.raw('{ me { phone } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('begins anew after 90 days without a proof, and not for who is signed in', async () => {
    const [gone, here] = [await aPerson(platform), await aPerson(platform)];
    await platform.shiftClock(91 * DAY);
    // A session ends before; one that were to last is what is asked about.
    await platform.database.sql(`UPDATE person_session SET expires_at = expires_at + interval '100 days'`);
    const stranger = await signInByToken(platform, await tokenAt(gone.phone, 91 * DAY));
    const owner = await signInByToken(platform, await tokenAt(here.phone, 91 * DAY), { session: here.token });
    expect([stranger.startedAnew, owner.startedAnew]).toEqual([true, false]);
  });

  it('makes one person of one number, whichever ways it is proved at the same time', async () => {
    const phone = aPhone();
    const tokens = await Promise.all(Array.from({ length: 6 }, () => operatorToken(signer, phone)));
    const answers = await Promise.all(tokens.map((token) => signInByToken(platform, token)));
    expect(answers.filter(({ startedAnew }) => startedAnew)).toHaveLength(1);
    expect(answers.every(({ token }) => typeof token === 'string')).toBe(true);
  });

  it('is known as used for as long as it could be taken, and forgotten then', async () => {
    await platform.database.sql('DELETE FROM person_token_use');
    const used = await operatorToken(signer, aPhone());
    await signInByToken(platform, used);
    const marks = async () =>
      Number(
        (await platform.database.sql<{ n: string }>('SELECT count(*) AS n FROM person_token_use'))[0]!.n,
      );
    await platform.shiftClock(60 * 60_000);
    await platform.app.get(ForgetExpired, { strict: false }).execute();
    expect(await marks()).toBeGreaterThan(0);
    await platform.shiftClock(62 * 60_000);
    await platform.app.get(ForgetExpired, { strict: false }).execute();
    expect(await marks()).toBe(0);
    expect((await signInByToken(platform, used)).reason).toBe('TOKEN_EXPIRED');
  });
});

describe('where its keys can not be had', () => {
  it('says when to send it again, and takes it then', async () => {
    const server = await KeyServer.start(signer);
    const other = await startPlatform(
      { PERSON_TOKEN_ISSUER: ISSUER, PERSON_TOKEN_AUDIENCE: AUDIENCE, PERSON_TOKEN_JWKS_URL: server.url },
      { worker: false },
    );
    try {
      const token = await operatorToken(signer, aPhone());
      const failures = [
        { status: 500, body: '' },
        { status: 302, body: '' },
        { status: 200, body: 'no JSON' },
        { status: 200, body: '{"keys":7}' },
      ];
      for (const failure of failures) {
        server.instead = failure;
        const refused = await signInByToken(other, token);
        expect(refused.reason).toBe('OPERATOR_KEYS_UNAVAILABLE');
        expect(new Date(refused.retryAt).getTime()).toBeGreaterThan(Date.now() - 60_000);
      }
      server.instead = undefined;
      expect(await signInByToken(other, token)).toMatchObject({ startedAnew: true });
    } finally {
      await other.stop();
      await server.stop();
    }
  });
});

describe('a platform without an issuer', () => {
  it('takes no token, and says so', async () => {
    const other = await startPlatform({}, { worker: false });
    try {
      expect(await signInByToken(other, await operatorToken(signer, aPhone()))).toMatchObject({
        reason: 'OPERATOR_TOKENS_OFF',
        retryAt: null,
      });
    } finally {
      await other.stop();
    }
  });
});

describe('settings of tokens', () => {
  const parse = (settings: Record<string, string>) => () =>
    Configuration.parse({ PERSON_TOKEN_ISSUER: ISSUER, PERSON_TOKEN_AUDIENCE: AUDIENCE, ...settings });
  const url = 'https://accounts.example.com/jwks.json';

  it('are one place of keys, over TLS, or from this machine', () => {
    expect(parse({ PERSON_TOKEN_JWKS_URL: url })).not.toThrow();
    expect(parse({ PERSON_TOKEN_JWKS_FILE: file })).not.toThrow();
    expect(parse({ PERSON_TOKEN_JWKS_URL: 'http://127.0.0.1:8080/jwks' })).not.toThrow();
  });

  it.each<[string, Record<string, string>]>([
    ['no audience', { PERSON_TOKEN_AUDIENCE: '', PERSON_TOKEN_JWKS_URL: url }],
    ['no keys', {}],
    ['keys over HTTP', { PERSON_TOKEN_JWKS_URL: 'http://accounts.example.com/jwks.json' }],
    ['a file that is not there', { PERSON_TOKEN_JWKS_FILE: '/nowhere/jwks.json' }],
    ['an endless age', { PERSON_TOKEN_JWKS_URL: url, PERSON_TOKEN_MAX_AGE_SECONDS: '86400' }],
  ])('are refused at the start with %s', (_, settings) => {
    expect(parse(settings)).toThrow(ConfigurationError);
  });

  it('are refused at the start with two places of keys', () => {
    expect(parse({ PERSON_TOKEN_JWKS_URL: url, PERSON_TOKEN_JWKS_FILE: file })).toThrow('both set');
  });
});
