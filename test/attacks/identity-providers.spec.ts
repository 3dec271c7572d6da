import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, anUnverifiedBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { begin, connect, signOn } from '../support/builders/single-sign-on.js';
import { aMember } from '../support/builders/staff.js';
import { aDnsServer, type DnsServer } from '../support/dns-server.js';
import { IdentityProvider } from '../support/identity-provider.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { API } from './groups.js';

let platform: TestPlatform;
let provider: IdentityProvider;
let shop: TestBusiness;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  provider = await IdentityProvider.start();
  shop = await aBusiness(platform);
  await connect(platform.business(shop.token), provider);
});
afterEach(() => provider.reset());
afterAll(async () => {
  await platform.stop();
  await provider.stop();
});

const asOwner = () => ({ sub: 'owner', email: shop.ownerEmail });

describe(`${API[5]}: identity providers`, () => {
  it('are connected by owners only', async () => {
    for (const role of ['ADMIN', 'AGENT', 'ANALYST'] as const) {
      const { api } = await aMember(platform, shop, role);
      await expect(connect(api, provider)).rejects.toThrow('sign-on:manage');
    }
    await expect(connect(platform.business(shop.apiKey), provider)).rejects.toThrow('sign-on:manage');
  });

  it.each<[string, Record<string, unknown>]>([
    ['an issuer that is no URL', { issuer: 'accounts' }],
    ['an issuer of a file', { issuer: 'file:///etc/passwd' }],
    ['an issuer with a password', { issuer: 'https://a:b@example.com' }],
    ['an issuer with a query', { issuer: 'https://example.com?x=1' }],
    ['a script to be sent back to', { redirectUri: 'javascript:alert(1)' }],
    ['a page over HTTP to be sent back to', { redirectUri: 'http://dashboard.example.com/' }],
    ['owners for everybody', { defaultRole: 'OWNER', emailDomains: ['example.com'] }],
    ['a domain that is none', { emailDomains: ['*'] }],
    ['an address as a domain', { emailDomains: ['a@example.com'] }],
    ['endless domains', { emailDomains: Array.from({ length: 21 }, (_, at) => `a${at}.example.com`) }],
    ['no secret', { clientSecret: '' }],
  ])('are not connected with %s', async (_, change) => {
    await expect(connect(platform.business(shop.token), provider, change)).rejects.toThrow();
  });
});

describe(`${API[7]}: identity providers`, () => {
  let guarded: TestPlatform;
  let inside: Server;
  let dns: DnsServer;
  let connections = 0;
  let port: number;
  /** What each name leads to, look-up by look-up; the last one for ever. */
  const addresses = new Map<string, string[][]>();

  beforeAll(async () => {
    dns = await aDnsServer((name, type) => {
      const left = addresses.get(name);
      if (type !== 'A') return left && [];
      const found = (left && left.length > 1 ? left.shift() : left?.[0]) ?? [];
      return left && found.map((data) => ({ type: 'A' as const, name, data, ttl: 0 }));
    });
    inside = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((listening) => inside.listen(0, '127.0.0.1', listening));
    ({ port } = inside.address() as AddressInfo);
    guarded = await startPlatform(
      { ALLOW_PRIVATE_IDENTITY_PROVIDERS: 'false', DNS_SERVERS: dns.address },
      { worker: false },
    );
  });
  afterAll(async () => {
    await guarded.stop();
    inside.close();
    dns.close();
  });

  it('are not asked at private addresses, however these are written', async () => {
    const { token } = await anUnverifiedBusiness(guarded);
    const hosts = [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '169.254.169.254',
      '10.0.0.1',
    ];
    for (const host of hosts) {
      const issuer = `https://${host}:${port}`;
      const refused = await connect(guarded.business(token), { issuer, clientId: 'x', clientSecret: 'y' });
      expect(refused).toMatchObject({ reason: 'PROVIDER_NOT_USABLE', retryAt: null });
      expect(refused.message).toContain('not a public one');
    }
    expect(connections).toBe(0);
  });

  it('are not asked by a name that leads inside, whatever it was when it was looked up before', async () => {
    const { token } = await anUnverifiedBusiness(guarded);
    // Each look-up is the one that is connected by: none is made to be trusted later.
    addresses.set('rebinding.example', [[], ['127.0.0.1']]);
    addresses.set('both.example', [['93.184.216.34', '127.0.0.1']]);
    const tried = async (host: string) =>
      connect(guarded.business(token), {
        issuer: `https://${host}:${port}`,
        clientId: 'x',
        clientSecret: 'y',
      });
    expect((await tried('rebinding.example')).message).not.toContain('not a public one');
    for (const host of ['rebinding.example', 'both.example']) {
      const refused = await tried(host);
      expect(refused).toMatchObject({ reason: 'PROVIDER_NOT_USABLE' });
      expect(refused.message).toContain('not a public one');
    }
    expect(connections).toBe(0);
  });

  it('are not asked over HTTP', async () => {
    const { token } = await anUnverifiedBusiness(guarded);
    const input = { issuer: 'http://example.com', clientId: 'x', clientSecret: 'y' };
    await expect(connect(guarded.business(token), input)).rejects.toThrow();
  });

  it('send a browser to no script', async () => {
    provider.metadata = { authorization_endpoint: 'javascript:alert(1)' };
    expect((await begin(platform, shop.id)).reason).toBe('PROVIDER_UNAVAILABLE');
  });

  it('do not speak for another issuer', async () => {
    provider.metadata = { issuer: 'https://accounts.example.com' };
    expect((await begin(platform, shop.id)).reason).toBe('PROVIDER_UNAVAILABLE');
  });
});

describe(`${API[10]}: identity providers`, () => {
  it.each([
    ['endless metadata', '/.well-known/openid-configuration', `{"x":"${'x'.repeat(600_000)}"}`],
    ['endless keys', '/jwks', `{"keys":[],"x":"${'x'.repeat(600_000)}"}`],
    ['no keys', '/jwks', '{"keys":[]}'],
    ['keys that are none', '/jwks', '{"keys":7}'],
    ['an answer that is none', '/token', '7'],
    ['an answer without a token', '/token', '{"access_token":"x","token_type":"bearer"}'],
  ])('gain no session and no error by %s', async (_, path, body) => {
    provider.instead = { path, status: 200, body };
    const { reason } = await signOn(platform, shop, provider, asOwner());
    expect(['PROVIDER_UNAVAILABLE', 'SIGN_ON_INVALID']).toContain(reason);
  });

  it.each(['token_endpoint', 'jwks_uri'])('gain no session by a %s at which nobody answers', async (name) => {
    provider.metadata = { [name]: 'http://127.0.0.1:1/' };
    expect((await signOn(platform, shop, provider, asOwner())).reason).toBe('PROVIDER_UNAVAILABLE');
  });
});
