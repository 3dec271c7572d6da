import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { anEndpoint, triesAt, webhookCall } from '../support/builders/webhooks.js';
import { aDnsServer, type DnsServer } from '../support/dns-server.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

/** What the loopback DNS server answers, by name: one list of addresses a time, the last one for ever. */
const answers = new Map<string, string[][]>();
const asked: string[] = [];
let dns: DnsServer;
let platform: TestPlatform;
let business: TestBusiness;
let inside: Server;
let port: number;
let connections = 0;

beforeAll(async () => {
  dns = await aDnsServer((name, type) => {
    const left = answers.get(name);
    if (type !== 'A') return left && [];
    asked.push(name);
    const addresses = (left && left.length > 1 ? left.shift() : left?.[0]) ?? [];
    return left && addresses.map((data) => ({ type: 'A' as const, name, data, ttl: 0 }));
  });
  inside = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  ({ port } = inside.address() as AddressInfo);
  platform = await startPlatform({
    ALLOW_PRIVATE_WEBHOOKS: 'false',
    DNS_SERVERS: dns.address,
  });
  business = await aBusiness(platform);
});
afterAll(async () => {
  await platform.stop();
  inside.close();
  dns.close();
});

const owner = () => platform.business(business.token);

/** What became of a test of an endpoint at a host. */
async function tryAt(host: string): Promise<any> {
  const { id } = await anEndpoint(owner(), `https://${host}:${port}/`);
  await webhookCall(owner(), 'testWebhookEndpoint', { id });
  const [only] = await until('it was tried', async () => {
    const tries = await triesAt(owner(), id);
    return tries.length > 0 && tries;
  });
  await webhookCall(owner(), 'deleteWebhookEndpoint', { id });
  return only;
}

describe('a private address', () => {
  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.0.0.1',
    '169.254.169.254',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '2130706433',
    // Other ways to write the same, and other networks that are nobody's business.
    '0177.0.0.1',
    '0x7f.1',
    '0x7f000001',
    '017700000001',
    '127.1',
    '127。0。0。1',
    '①②⑦.⓪.⓪.①',
    '100.64.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::]',
    '[::ffff:7f00:1]',
    '[::7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fc00::1]',
    '[fec0::1]',
    '[fe80::1]',
    '[ff02::1]',
    '[2001:db8::1]',
  ])('gets nothing: %s', async (host) => {
    expect(await tryAt(host)).toMatchObject({ failure: 'PRIVATE_ADDRESS', statusCode: null });
    expect(connections).toBe(0);
  });

  it('gets nothing by a name that leads there', async () => {
    answers.set('inside.example', [['127.0.0.1']]);
    expect(await tryAt('inside.example')).toMatchObject({ failure: 'PRIVATE_ADDRESS' });
    expect(connections).toBe(0);
  });

  it.each([
    ['the metadata of a cloud', '169.254.169.254'],
    ['a carrier’s own network', '100.64.0.1'],
    ['nowhere', '0.0.0.0'],
  ])('gets nothing by a name that leads to %s', async (_, address) => {
    answers.set(`metadata-${address.replaceAll('.', '-')}.example`, [[address]]);
    expect(await tryAt(`metadata-${address.replaceAll('.', '-')}.example`)).toMatchObject({
      failure: 'PRIVATE_ADDRESS',
    });
    expect(connections).toBe(0);
  });

  it('gets nothing by a name that leads to a public one as well', async () => {
    answers.set('both.example', [['93.184.216.34', '127.0.0.1']]);
    expect(await tryAt('both.example')).toMatchObject({ failure: 'PRIVATE_ADDRESS' });
    expect(connections).toBe(0);
  });

  it('gets nothing by a name that is another one’s whenever it is looked at', async () => {
    // Each look-up is the one that is connected by: none is made to be trusted later.
    answers.set('rebinding.example', [[], ['127.0.0.1']]);
    expect(await tryAt('rebinding.example')).toMatchObject({ failure: 'NAME_NOT_FOUND' });
    expect(await tryAt('rebinding.example')).toMatchObject({ failure: 'PRIVATE_ADDRESS' });
    expect(asked.filter((name) => name === 'rebinding.example')).toHaveLength(2);
    expect(connections).toBe(0);
  });

  it('is not looked for without encryption', async () => {
    const { errors } = await owner().raw(
      `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { __typename } }`,
      { input: { url: 'http://example.com/', types: ['message.status'] } },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field: 'input.url' }] });
  });
});
