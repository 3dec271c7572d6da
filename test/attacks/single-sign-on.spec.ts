import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { exportSPKI, type JWTPayload } from 'jose';
import { aBusiness, anEmail, type TestBusiness } from '../support/builders/accounts.js';
import { aSigner } from '../support/builders/operator-tokens.js';
import { begin, CALLBACK, complete, connect, signOn } from '../support/builders/single-sign-on.js';
import { aMember } from '../support/builders/staff.js';
import { IdentityProvider, signedBy } from '../support/identity-provider.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { API } from './groups.js';

let platform: TestPlatform;
let provider: IdentityProvider;
let shop: TestBusiness;
let other: TestBusiness;

beforeAll(async () => {
  platform = await startPlatform({ LOG_LEVEL: 'debug' }, { worker: false });
  provider = await IdentityProvider.start();
  shop = await aBusiness(platform);
  other = await aBusiness(platform);
  for (const { token } of [shop, other]) await connect(platform.business(token), provider);
});
afterEach(() => provider.reset());
afterAll(async () => {
  await platform.stop();
  await provider.stop();
});

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const asOwner = (claims: JWTPayload = {}) => ({ sub: 'owner', email: shop.ownerEmail, ...claims });
/** What becomes of a sign-in of the owner with an ID token like this. */
const reasonWith = async (idToken: IdentityProvider['idToken']) => {
  provider.idToken = idToken;
  return (await signOn(platform, shop, provider, asOwner())).reason;
};

describe(`${API[2]}: ID tokens`, () => {
  it('are taken when they are good', async () => {
    const signedIn = await signOn(platform, shop, provider, asOwner());
    expect(signedIn.viewer.member.email).toBe(shop.ownerEmail);
  });

  it('are not taken without a signature', async () => {
    for (const alg of ['none', 'None']) {
      const reason = await reasonWith(async (claims) => `${encoded({ alg })}.${encoded(claims)}.`);
      expect(reason).toBe('SIGN_ON_INVALID');
    }
  });

  it('are not taken with a MAC under the public key, or under the client secret', async () => {
    const secrets = [await exportSPKI(provider.signer.publicKey), provider.clientSecret];
    for (const secret of secrets) {
      const reason = await reasonWith(async (claims, { signer: { kid } }) => {
        const input = `${encoded({ alg: 'HS256', kid })}.${encoded(claims)}`;
        return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
      });
      expect(reason).toBe('SIGN_ON_INVALID');
    }
  });

  it("are not taken with a stranger's key, whatever it is called", async () => {
    const stranger = await aSigner('RS256');
    expect(await reasonWith((claims) => signedBy(stranger, claims))).toBe('SIGN_ON_INVALID');
    const { kid } = provider.signer;
    expect(await reasonWith((claims) => signedBy(stranger, claims, { kid }))).toBe('SIGN_ON_INVALID');
    const jwk = stranger.jwk;
    expect(await reasonWith((claims) => signedBy(stranger, claims, { kid, jwk }))).toBe('SIGN_ON_INVALID');
  });

  it.each<[string, () => JWTPayload]>([
    ['of another issuer', () => ({ iss: 'https://accounts.example.com' })],
    ['for another client', () => ({ aud: 'another' })],
    ['for several clients, of which another asked', () => ({ aud: ['assent', 'another'], azp: 'another' })],
    ['that are over', () => ({ exp: inSeconds(-600) })],
    ['that are not good yet', () => ({ nbf: inSeconds(600) })],
    ['without an end', () => ({ exp: undefined })],
    ['without a subject', () => ({ sub: undefined })],
    ['with the nonce of another sign-in', () => ({ nonce: 'another' })],
    ['without a nonce', () => ({ nonce: undefined })],
  ])('are not taken %s', async (_, change) => {
    const reason = await reasonWith((claims, { signer }) => signedBy(signer, { ...claims, ...change() }));
    expect(reason).toBe('SIGN_ON_INVALID');
  });

  it('are taken by a key that is new, and not by one that is gone', async () => {
    const former = provider.signer;
    await provider.rotate();
    expect((await signOn(platform, shop, provider, asOwner())).token).toEqual(expect.any(String));
    expect(await reasonWith((claims) => signedBy(former, claims))).toBe('SIGN_ON_INVALID');
  });
});

describe(`${API[2]}: sign-ins at identity providers`, () => {
  const changed = (url: string, change: Record<string, string | undefined>) => {
    const back = new URL(url);
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) back.searchParams.delete(name);
      else back.searchParams.set(name, value);
    }
    return back.href;
  };
  const paramOf = (url: string, name: string) => new URL(url).searchParams.get(name)!;
  async function under(business: TestBusiness, claims = asOwner()) {
    const begun = await begin(platform, business.id);
    return { ...begun, back: provider.login(begun.authorizationUrl, claims) };
  }

  it('tell nobody the verifier, and have a state, a nonce and a challenge of their own', async () => {
    const urls = [(await under(shop)).authorizationUrl, (await under(shop)).authorizationUrl];
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const [one, two] = urls.map((url) => paramOf(url, name));
      expect(one).toMatch(/^[\w-]{43}$/);
      expect(one).not.toBe(two);
    }
    expect(urls.map((url) => paramOf(url, 'code_challenge_method'))).toEqual(['S256', 'S256']);
    expect(urls.map((url) => paramOf(url, 'redirect_uri'))).toEqual([CALLBACK, CALLBACK]);
  });

  it('are not completed by another browser, or with the answer to another one', async () => {
    const [mine, theirs] = [await under(shop), await under(shop, asOwner({ sub: 'x', email: anEmail() }))];
    expect((await complete(platform, mine.attempt, theirs.back)).reason).toBe('SIGN_ON_INVALID');
    // One guess: whoever's it was begins anew.
    expect((await complete(platform, mine.attempt, mine.back)).reason).toBe('SIGN_ON_INVALID');
  });

  it('are not completed with the code of another one under the right state', async () => {
    const [mine, theirs] = [await under(shop), await under(shop)];
    const mixed = changed(mine.back, { code: paramOf(theirs.back, 'code') });
    expect((await complete(platform, mine.attempt, mixed)).reason).toBe('SIGN_ON_INVALID');
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['without a state', { state: undefined }],
    ['with a state that is wrong', { state: 'A'.repeat(43) }],
    ['without a code', { code: undefined }],
    ['with a code that is wrong', { code: 'x' }],
    ['with an answer of another issuer', { iss: 'https://accounts.example.com' }],
    ['with an error', { error: 'access_denied' }],
  ])('are not completed %s', async (_, change) => {
    const { attempt, back } = await under(shop);
    expect((await complete(platform, attempt, changed(back, change))).reason).toBe('SIGN_ON_INVALID');
  });

  it('are completed once, of any number of requests at the same time too', async () => {
    const { attempt, back } = await under(shop);
    const answers = await Promise.all(Array.from({ length: 8 }, () => complete(platform, attempt, back)));
    expect(answers.filter(({ token }) => typeof token === 'string')).toHaveLength(1);
    expect(answers.filter(({ reason }) => reason === 'SIGN_ON_INVALID')).toHaveLength(7);
  });

  it('are not completed with what nobody was given', async () => {
    const { back } = await under(shop);
    for (const attempt of ['', 'x', `sot_${'A'.repeat(49)}`, shop.token, shop.apiKey]) {
      expect((await complete(platform, attempt, back)).reason).toBe('SIGN_ON_INVALID');
    }
  });

  it('of one business open no session of another', async () => {
    const mine = await under(shop);
    const theirs = await begin(platform, other.id);
    expect((await complete(platform, theirs.attempt, mine.back)).reason).toBe('SIGN_ON_INVALID');
  });

  it('leave nothing in the database or the log that completes one', async () => {
    const { attempt, authorizationUrl, back } = await under(shop);
    const rows = await platform.database.sql('SELECT a::text AS row FROM sign_on_attempt a');
    const [connection] = await platform.database.sql<{ row: string }>(
      'SELECT s::text AS row FROM single_sign_on s',
    );
    await complete(platform, attempt, back);
    const stored = JSON.stringify([rows, connection]) + platform.logs.join('\n');
    const secrets = ['state', 'nonce', 'code_challenge'].map((name) => paramOf(authorizationUrl, name));
    for (const secret of [attempt, provider.clientSecret, paramOf(back, 'code'), ...secrets]) {
      expect(stored).not.toContain(secret);
    }
  });
});

describe(`${API[1]}: members at identity providers`, () => {
  /** Of a member who is bound to no account yet. */
  let agent: string;

  beforeAll(async () => {
    const { api } = await aMember(platform, shop, 'AGENT');
    agent = (await api.do('{ viewer { member { email } } }')).viewer.member.email;
  });
  it.each<[string, () => JWTPayload | Promise<JWTPayload>]>([
    ['a member of another business', () => ({ sub: 'a', email: other.ownerEmail })],
    ['an address that nobody verified', () => ({ sub: 'b', email: agent, email_verified: false })],
    ['an address that is verified in words', () => ({ sub: 'c', email: agent, email_verified: 'true' })],
    ['no address', () => ({ sub: 'd' })],
    ['an address of nobody', () => ({ sub: 'e', email: anEmail() })],
    ['two addresses', () => ({ sub: 'f', email: [agent] })],
    ['an address with more behind it', () => ({ sub: 'g', email: `${agent}\u0000` })],
    ['an address as SQL', () => ({ sub: 'h', email: `' OR email = '${agent}` })],
  ])('are not let in by %s', async (_, claims) => {
    expect((await signOn(platform, shop, provider, await claims())).reason).toBe('SIGN_ON_NOT_ALLOWED');
  });

  it('are let in by a verified address of theirs', async () => {
    const signedIn = await signOn(platform, shop, provider, { sub: 'agent', email: agent });
    expect(signedIn.viewer.member).toMatchObject({ email: agent, role: 'AGENT' });
  });

  it('are bound in one business, and nobody in another one with the same provider', async () => {
    await signOn(platform, shop, provider, asOwner());
    expect((await signOn(platform, other, provider, { sub: 'owner', email: anEmail() })).reason).toBe(
      'SIGN_ON_NOT_ALLOWED',
    );
  });

  it('do not become a user of the provider who was given their address later', async () => {
    await signOn(platform, shop, provider, asOwner());
    expect((await signOn(platform, shop, provider, asOwner({ sub: 'new' }))).reason).toBe(
      'SIGN_ON_NOT_ALLOWED',
    );
  });
});
