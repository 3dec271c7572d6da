import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Configuration, isPublicAddress } from '@assent/platform';
import { WebsiteFiles } from './website-files.js';

const files = (allowPrivate: boolean) =>
  new WebsiteFiles(Configuration.parse({ ALLOW_PRIVATE_WEBSITES: String(allowPrivate) }));

let connections = 0;
let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((request, response) => {
    // One path never answers, one never ends its answer, one is not what it says.
    if (request.url === '/silent') return;
    if (request.url === '/endless') return void response.write('some');
    if (request.url === '/packed') response.setHeader('content-encoding', 'gzip');
    response.end('content');
  }).on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('a file of a website', () => {
  it('is read as it is served', async () => {
    expect(await files(true).read(`http://127.0.0.1:${port}/file`)).toEqual({ content: 'content' });
    expect(await files(true).read(`http://127.0.0.1:${port}/packed`)).toEqual({ content: 'content' });
  });

  it.each(['silent', 'endless'])('is not waited for beyond the time limit: %s', async (path) => {
    const began = performance.now();
    const found = await files(true).read(`http://127.0.0.1:${port}/${path}`, 200);
    expect(found).toEqual({ found: 'no answer within 0.2 s' });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('is told as missing where nobody listens', async () => {
    expect(await files(true).read('http://127.0.0.1:1/')).toEqual({ found: 'no answer (ECONNREFUSED)' });
  });

  it.each(['127.0.0.1', 'localhost', '[::ffff:7f00:1]', '2130706433'])(
    'is not asked for at %s where private addresses are not allowed',
    async (host) => {
      const before = connections;
      const found = await files(false).read(`http://${host}:${port}/file`);
      expect(found).toEqual({ found: 'a host whose address is not a public one' });
      expect(connections).toBe(before);
    },
  );
});

describe('a public address', () => {
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:93.184.216.34'])(
    'is %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ['unspecified', '0.0.0.0'],
    ['loopback', '127.8.8.8'],
    ['private', '172.31.255.255'],
    ['link-local: where clouds keep credentials', '169.254.169.254'],
    ['of a carrier', '100.64.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['for documentation', '192.0.2.1'],
    ['for benchmarks', '198.18.0.1'],
    ['IPv6 loopback', '::1'],
    ['IPv6 unspecified', '::'],
    ['unique local', 'fc00::1'],
    ['IPv6 link-local', 'fe80::1'],
    ['IPv4 inside IPv6', '::ffff:10.0.0.1'],
    ['translated by NAT64', '64:ff9b::a00:1'],
    ['6to4', '2002:a00:1::'],
    ['Teredo', '2001:0:a00:1::'],
    ['IPv6 multicast', 'ff02::1'],
    ['IPv6 for documentation', '2001:db8::1'],
    ['no address', 'example.com'],
    ['nothing', ''],
  ])('is not one that is %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
