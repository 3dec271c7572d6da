import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ForgetExpiredSignIns } from '@assent/accounts';
import { aBusiness, anEmail, anUnverifiedBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { begin, complete, connect, disconnect, signOn, unlink } from '../support/builders/single-sign-on.js';
import { aMember } from '../support/builders/staff.js';
import { IdentityProvider } from '../support/identity-provider.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { aProviderProcess, loginAt, type ProviderProcess } from '../support/provider-process.js';

let platform: TestPlatform;
let provider: IdentityProvider;
let shop: TestBusiness;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  provider = await IdentityProvider.start();
  shop = await aBusiness(platform);
});
afterEach(async () => {
  provider.reset();
  await platform.shiftClock(0);
});
afterAll(async () => {
  await platform.stop();
  await provider.stop();
});

const owner = () => platform.business(shop.token);
const isSignedIn = async (token: string) =>
  (await platform.business(token).raw('{ viewer { mode } }')).errors === undefined;
const emailOf = async (id: string): Promise<string> =>
  (await owner().do('{ members(first: 100) { nodes { id email } } }')).members.nodes.find(
    (member: any) => member.id === id,
  ).email;
/** Says which website the business has proved; the tests' own are on this machine. */
const proveWebsite = (host: string) =>
  platform.database.sql('UPDATE verification SET website = $1', [`https://${host}/`]);

describe('single sign-on', () => {
  it('signs a member in at a provider that is a process of its own', async () => {
    let real: ProviderProcess | undefined;
    try {
      real = await aProviderProcess('https://dashboard.example.com/signed-on');
      expect(await connect(owner(), real)).toMatchObject({ singleSignOn: { issuer: real.issuer } });
      const begun = await begin(platform, shop.id);
      const back = await loginAt(begun.authorizationUrl, shop.ownerEmail);
      const signedIn = await complete(platform, begun.attempt, back);
      expect(signedIn).toMatchObject({
        __typename: 'SignInPayload',
        viewer: { business: { id: shop.id }, member: { email: shop.ownerEmail, role: 'OWNER' } },
      });
      expect(await isSignedIn(signedIn.token)).toBe(true);
    } finally {
      real?.stop();
    }
  });

  it('binds a member to the account that first had their address, and knows it by that from then on', async () => {
    await connect(owner(), provider);
    const { id } = await aMember(platform, shop, 'AGENT');
    const email = await emailOf(id);
    const first = await signOn(platform, shop, provider, { sub: 'agent-1', email: email.toUpperCase() });
    const renamed = await signOn(platform, shop, provider, { sub: 'agent-1', email: anEmail() });
    expect([first, renamed].map(({ viewer }) => viewer.member.id)).toEqual([id, id]);
    expect((await signOn(platform, shop, provider, { sub: 'agent-2', email })).reason).toBe(
      'SIGN_ON_NOT_ALLOWED',
    );
  });

  it('lets an owner unlink one member, whose sessions by it end, and who may come by another account then', async () => {
    await connect(owner(), provider);
    const [agent, other] = [await aMember(platform, shop, 'AGENT'), await aMember(platform, shop, 'AGENT')];
    const [email, otherEmail] = [await emailOf(agent.id), await emailOf(other.id)];
    const former = await signOn(platform, shop, provider, { sub: 'former', email });
    const untouched = await signOn(platform, shop, provider, { sub: 'untouched', email: otherEmail });
    expect(await unlink(owner(), agent.id)).toMatchObject({ unlinked: true });
    expect(await unlink(owner(), agent.id)).toMatchObject({ unlinked: false });
    expect(await Promise.all([former, untouched].map(({ token }) => isSignedIn(token)))).toEqual([
      false,
      true,
    ]);
    const made = await signOn(platform, shop, provider, { sub: 'made-anew', email });
    expect(made.viewer.member.id).toBe(agent.id);
    const { reason } = await signOn(platform, shop, provider, { sub: 'former', email });
    expect(reason).toBe('SIGN_ON_NOT_ALLOWED');

    const foreign = await aBusiness(platform);
    const foreigner = platform.business(foreign.token);
    expect(await unlink(foreigner, agent.id)).toMatchObject({ unlinked: false });
    expect(await isSignedIn(made.token)).toBe(true);
  });

  it('asks for what else the provider says where the token has no address', async () => {
    await connect(owner(), provider);
    provider.userinfo = { sub: 'owner-1', email: shop.ownerEmail, email_verified: true };
    const signedIn = await signOn(platform, shop, provider, { sub: 'owner-1', email_verified: undefined });
    expect(signedIn.viewer.member.email).toBe(shop.ownerEmail);
  });

  it('lets in whom the rules let in', async () => {
    const requiredClaim = { name: 'groups', value: 'assent' };
    await connect(owner(), provider, { emailDomains: ['Example.com'], requiredClaim });
    const claims = { sub: 'owner-1', email: shop.ownerEmail };
    for (const change of [{}, { groups: ['other'] }, { groups: 'assent', email: 'x@example.org' }]) {
      const refused = await signOn(platform, shop, provider, { ...claims, ...change });
      expect(refused).toMatchObject({ reason: 'SIGN_ON_NOT_ALLOWED', retryAt: null });
    }
    const signedIn = await signOn(platform, shop, provider, { ...claims, groups: ['other', 'assent'] });
    expect(signedIn.viewer.member.email).toBe(shop.ownerEmail);
    expect((await connect(owner(), provider, { requiredClaim })).singleSignOn).toMatchObject({
      requiredClaim,
      emailDomains: [],
      lastUsedAt: null,
    });
  });

  it('makes members of those at domains whose website the business has proved', async () => {
    const domain = `shop-${Date.now()}.example`;
    const change = { emailDomains: [domain], defaultRole: 'ANALYST' };
    expect((await connect(owner(), provider, change)).reason).toBe('DOMAIN_NOT_OWN');
    expect((await connect(owner(), provider, { defaultRole: 'AGENT' })).reason).toBe('DOMAIN_NOT_OWN');
    await proveWebsite(`www.${domain}`);
    expect((await connect(owner(), provider, change)).singleSignOn.defaultRole).toBe('ANALYST');
    const joined = await signOn(platform, shop, provider, {
      sub: 'new',
      email: `ada@${domain}`,
      name: 'Ada',
    });
    expect(joined.viewer.member).toMatchObject({ email: `ada@${domain}`, name: 'Ada', role: 'ANALYST' });
    const again = await signOn(platform, shop, provider, { sub: 'new' });
    expect(again.reason).toBe('SIGN_ON_NOT_ALLOWED');
    // What was proved may be another website by now.
    await proveWebsite('elsewhere.example');
    const late = await signOn(platform, shop, provider, { sub: 'late', email: `late@${domain}` });
    expect(late.reason).toBe('SIGN_ON_NOT_ALLOWED');
  });

  it('makes one member of two first sign-ins at the same time', async () => {
    const domain = `twice-${Date.now()}.example`;
    await proveWebsite(domain);
    await connect(owner(), provider, { emailDomains: [domain], defaultRole: 'AGENT' });
    const claims = { sub: 'twice', email: `twice@${domain}` };
    const both = await Promise.all([1, 2].map(() => signOn(platform, shop, provider, claims)));
    expect(new Set(both.map(({ viewer }) => viewer.member.id)).size).toBe(1);
  });

  it('stands in the audit log, and owners are told', async () => {
    await connect(owner(), provider);
    await signOn(platform, shop, provider, { sub: 'owner-1', email: shop.ownerEmail });
    await disconnect(owner());
    const { auditLog } = await owner().do('{ auditLog(first: 3) { nodes { act outcome } } }');
    expect(auditLog.nodes.map(({ act }: any) => act)).toEqual([
      'disconnectSingleSignOn',
      'completeSingleSignOn',
      'connectSingleSignOn',
    ]);
    await until('the owners are told', async () =>
      platform.notices(shop.ownerEmail).includes('Single sign-on was disconnected'),
    );
    expect(platform.notices(shop.ownerEmail)).toContain('Single sign-on was connected');
  });
});

describe('a business that requires single sign-on', () => {
  it('takes codes of owners only, and no session that another one’s code opened', async () => {
    const business = await anUnverifiedBusiness(platform);
    const boss = platform.business(business.token);
    const agent = await aMember(platform, business, 'AGENT');
    const { member } = (await agent.api.do('{ viewer { member { email } } }')).viewer;
    expect((await connect(boss, provider, { required: true })).singleSignOn.required).toBe(true);
    const { errors } = await agent.api.raw('{ viewer { mode } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    await platform
      .business()
      .do('mutation ($email: String!) { requestSignInCode(input: { email: $email }) { __typename } }', {
        email: member.email,
      });
    const { signIn } = await platform
      .business()
      .do(`mutation ($input: SignInInput!) { signIn(input: $input) { ... on Refusal { reason retryAt } } }`, {
        input: { email: member.email, code: platform.code(member.email) },
      });
    expect(signIn).toEqual({ reason: 'SINGLE_SIGN_ON_REQUIRED', retryAt: null });
    expect(await isSignedIn(business.token)).toBe(true);
    const signedIn = await signOn(platform, business, provider, { sub: 'agent', email: member.email });
    expect(await isSignedIn(signedIn.token)).toBe(true);
  });
});

describe('disconnecting', () => {
  it('ends what was opened by it, and what is under way, at once', async () => {
    await connect(owner(), provider);
    const { token } = await signOn(platform, shop, provider, { sub: 'owner-4', email: shop.ownerEmail });
    const begun = await begin(platform, shop.id);
    expect(await disconnect(owner())).toMatchObject({ disconnected: true });
    expect(await isSignedIn(token)).toBe(false);
    const back = provider.login(begun.authorizationUrl, { sub: 'owner-4', email: shop.ownerEmail });
    expect((await complete(platform, begun.attempt, back)).reason).toBe('SIGN_ON_INVALID');
    expect((await begin(platform, shop.id)).reason).toBe('SINGLE_SIGN_ON_OFF');
    expect(await disconnect(owner())).toMatchObject({ disconnected: false });
    expect((await owner().do('{ singleSignOn { issuer } }')).singleSignOn).toBeNull();
  });

  it('needs a session that is new, like connecting', async () => {
    await platform.shiftClock(16 * 60_000);
    expect((await connect(owner(), provider)).reason).toBe('SIGN_IN_AGAIN');
    expect((await disconnect(owner())).reason).toBe('SIGN_IN_AGAIN');
    const { viewer } = await owner().do('{ viewer { member { id } } }');
    expect((await unlink(owner(), viewer.member.id)).reason).toBe('SIGN_IN_AGAIN');
  });
});

describe('a provider that fails', () => {
  it('is a refusal with a time, and is not connected', async () => {
    await connect(owner(), provider);
    const failures = [
      { path: '/.well-known/openid-configuration', status: 500, body: '' },
      { path: '/.well-known/openid-configuration', status: 200, body: 'no JSON' },
      { path: '/.well-known/openid-configuration', status: 302, body: '', headers: { location: '/' } },
    ];
    for (const failure of failures) {
      provider.instead = failure;
      const refused = await begin(platform, shop.id);
      expect(refused.reason).toBe('PROVIDER_UNAVAILABLE');
      expect(refused.retryAt).not.toBeNull();
      expect((await connect(owner(), provider)).reason).toBe('PROVIDER_NOT_USABLE');
    }
    provider.reset();
    for (const path of ['/token', '/jwks']) {
      provider.instead = { path, status: 503, body: '{}' };
      expect((await signOn(platform, shop, provider, { email: shop.ownerEmail })).reason).toBe(
        'PROVIDER_UNAVAILABLE',
      );
    }
  });
});

describe('sign-ins that nobody completes', () => {
  it('are over after 10 minutes, and forgotten', async () => {
    await connect(owner(), provider);
    const begun = await begin(platform, shop.id);
    await platform.shiftClock(601_000);
    await platform.app.get(ForgetExpiredSignIns, { strict: false }).execute();
    const [row] = await platform.database.sql<{ n: number }>(
      'SELECT count(*)::int AS n FROM sign_on_attempt',
    );
    expect(row?.n).toBe(0);
    const back = provider.login(begun.authorizationUrl, { email: shop.ownerEmail });
    expect((await complete(platform, begun.attempt, back)).reason).toBe('SIGN_ON_INVALID');
  });
});
