import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportSPKI, type JWTPayload } from 'jose';
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
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { API } from './groups.js';

let platform: TestPlatform;
let server: KeyServer;
let signer: TestSigner;
let others: TestSigner[];

beforeAll(async () => {
  signer = await aSigner();
  others = await Promise.all(['ES256', 'RS256', 'PS256'].map((alg) => aSigner(alg)));
  server = await KeyServer.start(signer, ...others);
  platform = await startPlatform(
    {
      PERSON_TOKEN_ISSUER: ISSUER,
      PERSON_TOKEN_AUDIENCE: AUDIENCE,
      PERSON_TOKEN_JWKS_URL: server.url,
      LOG_LEVEL: 'debug',
    },
    { worker: false },
  );
});
afterAll(async () => {
  await platform.stop();
  await server.stop();
});

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const reasonOf = async (token: string) => (await signInByToken(platform, token)).reason;

/** A token with another header, and what stands in the place of the signature. */
async function withHeader(header: object, sign: (input: string) => string): Promise<string> {
  const [, claims] = (await operatorToken(signer, aPhone())).split('.');
  const input = `${encoded(header)}.${claims}`;
  return `${input}.${sign(input)}`;
}

describe(`${API[2]}: tokens of the operator`, () => {
  it('signs in by each algorithm that is taken', async () => {
    for (const each of [signer, ...others]) {
      const phone = aPhone();
      const signedIn = await signInByToken(platform, await operatorToken(each, phone));
      expect(signedIn).toMatchObject({ startedAnew: true, person: { phone, country: 'DE' } });
    }
  });

  it('takes no token without a signature', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      expect(await reasonOf(await withHeader({ alg }, () => ''))).toBe('TOKEN_INVALID');
    }
  });

  it('takes no token whose signature is a MAC under a public key', async () => {
    for (const { publicKey, kid, jwk } of [signer, ...others]) {
      for (const secret of [await exportSPKI(publicKey), jwk.x ?? '', JSON.stringify(jwk)]) {
        const forged = await withHeader({ alg: 'HS256', kid }, (input) =>
          createHmac('sha256', secret).update(input).digest('base64url'),
        );
        expect(await reasonOf(forged)).toBe('TOKEN_INVALID');
      }
    }
  });

  it('takes no key that a token brings along or names a place of', async () => {
    const stranger = await aSigner();
    for (const header of [{ jwk: stranger.jwk }, { jku: server.url }, { x5u: server.url }]) {
      const forged = await operatorToken(stranger, aPhone(), {}, { ...header, kid: signer.kid });
      expect(await reasonOf(forged)).toBe('TOKEN_INVALID');
    }
  });

  it('takes no token that asks for more than is understood', async () => {
    const { kid, alg } = signer;
    for (const crit of [['jwk'], ['b64'], []]) {
      expect(await reasonOf(await withHeader({ alg, kid, crit, b64: false }, () => 'AAAA'))).toBe(
        'TOKEN_INVALID',
      );
    }
  });

  it("takes no token of a stranger's key, whatever it is called", async () => {
    const stranger = await aSigner();
    expect(await reasonOf(await operatorToken(stranger, aPhone()))).toBe('TOKEN_INVALID');
    expect(await reasonOf(await operatorToken(stranger, aPhone(), {}, { kid: signer.kid }))).toBe(
      'TOKEN_INVALID',
    );
  });

  it('takes no token that was changed', async () => {
    const [header, claims, signature] = (await operatorToken(signer, aPhone())).split('.');
    const changed = { ...JSON.parse(Buffer.from(claims!, 'base64url').toString()), phone_number: aPhone() };
    expect(await reasonOf(`${header}.${encoded(changed)}.${signature}`)).toBe('TOKEN_INVALID');
  });

  it.each<[string, () => JWTPayload, string]>([
    ['of another issuer', () => ({ iss: `${ISSUER}/` }), 'TOKEN_INVALID'],
    ['of no issuer', () => ({ iss: undefined }), 'TOKEN_INVALID'],
    ['for another audience', () => ({ aud: 'https://shop.example.com' }), 'TOKEN_INVALID'],
    ['for nobody', () => ({ aud: [] }), 'TOKEN_INVALID'],
    ['that does not end', () => ({ exp: undefined }), 'TOKEN_INVALID'],
    ['of no time', () => ({ iat: undefined }), 'TOKEN_INVALID'],
    ['without an id', () => ({ jti: undefined }), 'TOKEN_INVALID'],
    ['that is not good yet', () => ({ nbf: inSeconds(600) }), 'TOKEN_INVALID'],
    ['of a time to come', () => ({ iat: inSeconds(600), exp: inSeconds(900) }), 'TOKEN_INVALID'],
    ['that is over', () => ({ exp: inSeconds(-90) }), 'TOKEN_EXPIRED'],
    ['that is old, however long it says it is good', () => ({ iat: inSeconds(-400) }), 'TOKEN_EXPIRED'],
    ['whose number is not verified', () => ({ phone_number_verified: false }), 'NUMBER_NOT_VERIFIED'],
    ['whose number is verified in words', () => ({ phone_number_verified: 'true' }), 'NUMBER_NOT_VERIFIED'],
    ['without a number', () => ({ phone_number: undefined }), 'NUMBER_NOT_VERIFIED'],
  ])('takes no token %s', async (_, change, reason) => {
    const answer = await signInByToken(platform, await operatorToken(signer, aPhone(), change()));
    expect(answer).toMatchObject({ __typename: 'OperatorTokenRefused', reason, retryAt: null });
  });

  it.each(['', 'x', '.', '..', '...', 'a.b.c', 'A'.repeat(8_000), '💥.💥.💥', '{"alg":"none"}'])(
    'takes nothing that is no token: %j',
    async (text) => {
      const { data, errors } = await platform
        .person()
        .raw(
          'mutation ($token: String!) { signInByOperatorToken(input: { token: $token }) { ... on Refusal { reason } } }',
          { token: text },
        );
      const codes = errors?.map(({ extensions }: any) => extensions.code);
      expect(codes ?? [data.signInByOperatorToken.reason]).toEqual([text ? 'TOKEN_INVALID' : 'BAD_INPUT']);
    },
  );

  it('takes a token once, of any number of requests at the same time too', async () => {
    const token = await operatorToken(signer, aPhone());
    const answers = await Promise.all(Array.from({ length: 12 }, () => signInByToken(platform, token)));
    expect(answers.filter(({ token }) => typeof token === 'string')).toHaveLength(1);
    expect(answers.filter(({ reason }) => reason === 'TOKEN_USED')).toHaveLength(11);
  });

  it('opens nobody else’s session, whoever sends the token', async () => {
    const [victim, attacker] = [await aPerson(platform), await aPerson(platform)];
    const token = await operatorToken(signer, attacker.phone);
    const signedIn = await signInByToken(platform, token, { session: victim.token });
    expect(signedIn.person.phone).toBe(attacker.phone);
    expect((await victim.api.do('{ me { phone } }')).me.phone).toBe(victim.phone);
  });

  it('takes a key that is new, and none that is not published any more', async () => {
    const next = await aSigner('ES256');
    server.keys = [next.jwk];
    await until('the new key is taken', async () => {
      const { token } = await signInByToken(platform, await operatorToken(next, aPhone()));
      return typeof token === 'string';
    });
    expect(await reasonOf(await operatorToken(signer, aPhone()))).toBe('TOKEN_INVALID');
    server.keys = [signer, ...others].map(({ jwk }) => jwk);
    await until('the old key is taken again', async () => {
      const { token } = await signInByToken(platform, await operatorToken(signer, aPhone()));
      return typeof token === 'string';
    });
  });

  it('asks the key server for few of many keys that do not exist', async () => {
    const stranger = await aSigner();
    const before = server.requests;
    const forged = await Promise.all(
      Array.from({ length: 100 }, (_, at) => operatorToken(stranger, aPhone(), {}, { kid: `kid-${at}` })),
    );
    const began = performance.now();
    const reasons = await Promise.all(forged.map((token) => reasonOf(token)));
    expect(new Set(reasons)).toEqual(new Set(['TOKEN_INVALID']));
    expect(server.requests - before).toBeLessThanOrEqual(2 + (performance.now() - began) / 1_000);
  });

  it('logs neither a number nor a token', async () => {
    const phone = aPhone();
    const token = await operatorToken(signer, phone, { aud: 'https://shop.example.com' });
    expect(await reasonOf(token)).toBe('TOKEN_INVALID');
    expect(platform.logs.some((line) => line.includes('"claim":"aud"'))).toBe(true);
    const [, claims] = token.split('.');
    expect(platform.logs.filter((line) => line.includes(phone.slice(1)) || line.includes(claims!))).toEqual(
      [],
    );
  });
});
