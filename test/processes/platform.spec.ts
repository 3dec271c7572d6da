import { connect } from 'node:net';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { build } from './build.js';
import type { Child } from './child.js';
import { adminName, isAlive, PlatformFolder, signal, urlOf } from './platform-folder.js';

const ready = async (url: string) => (await fetch(`${url}/health/ready`).catch(() => undefined))?.ok ?? false;

/** A request that the server has begun to handle, as it asked for the body, and that it can not have answered yet. */
async function halfARequest(url: string): Promise<{ finish: () => Promise<string> }> {
  const body = JSON.stringify({ query: '{ __typename }' });
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    `POST /person/graphql HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\n` +
      `content-length: ${body.length}\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n`,
  );
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  await until('the server asks for the body', async () => answer.startsWith('HTTP/1.1 100 Continue'));
  const finish = async () => {
    socket.write(body);
    await once(socket, 'close');
    return answer;
  };
  return { finish };
}

describe('the platform on its embedded database', () => {
  const folder = new PlatformFolder();
  let platform: Child;
  let url = '';
  let token = '';
  let keys = '';

  beforeAll(() => build(), 180_000);
  afterAll(() => folder.remove());

  it('prints at its first start where everything is, and an admin credential that works', async () => {
    platform = folder.npm(['start']);
    url = await urlOf(platform);
    for (const audience of ['business', 'person', 'admin']) {
      expect(platform.output).toContain(`${url}/${audience}/graphql`);
    }
    token = await platform.says(/Admin token +(adt_\S+)/);
    expect(await ready(url)).toBe(true);
    expect(await adminName(url, token)).toBe('First admin');
    keys = folder.read('keys');
  });

  it('keeps what is secret readable by its owner only', () => {
    expect(folder.adminToken).toBe(token);
    for (const file of ['admin-token', 'keys', 'logs/platform.log', 'server.json']) {
      expect([file, folder.mode(file)]).toEqual([file, '600']);
    }
  });

  it('answers a second start in the same folder with one line', async () => {
    const second = folder.start();
    expect(await second.exit()).toBe(1);
    expect(second.output.trim().split('\n').at(-1)).toMatch(
      /the platform already runs on .*\.assent \(pid \d+\)/,
    );
    expect(await ready(url)).toBe(true);
  });

  it('makes new admin tokens while it runs', async () => {
    const program = folder.start({}, 'platform/src/admin-token');
    expect(await program.exit()).toBe(0);
    const made = /^(adt_\S+)$/m.exec(program.output)?.[1] ?? '';
    expect(made).not.toBe(token);
    expect(await adminName(url, made)).toBe('First admin');
    expect(await adminName(url, token)).toBe('First admin');
  });

  it('answers again after its PostgreSQL was killed', async () => {
    const killed = folder.serverPid;
    signal(killed, 'SIGKILL');
    await until(
      'a query fails or the server is another one',
      async () => !(await ready(url)) || !isAlive(killed),
    );
    await until('the platform is ready again', () => ready(url));
    expect(folder.serverPid).not.toBe(killed);
    expect(await adminName(url, token)).toBe('First admin');
  });

  it('stops at Ctrl-C with exit code 0, and leaves no process and no complaint', async () => {
    const server = folder.serverPid;
    platform.signal('SIGINT');
    expect(await platform.exit()).toBe(0);
    expect(platform.output).not.toMatch(/npm error|Error:/);
    expect(platform.output).toMatch(/Stopped\.\s*$/);
    expect(isAlive(server)).toBe(false);
    expect(await ready(url)).toBe(false);
  });

  it('finds its data again at the next start, and shows no credential twice', async () => {
    platform = folder.start();
    url = await urlOf(platform);
    expect(platform.output).not.toContain('adt_');
    expect(platform.output).toMatch(/Admin token +kept in .*admin-token/);
    expect(await adminName(url, token)).toBe('First admin');
    expect(folder.read('keys')).toBe(keys);
  });

  it('recovers by itself after kill -9', async () => {
    const orphan = folder.serverPid;
    signal(platform.pid, 'SIGKILL');
    expect(await platform.exit()).toBe('SIGKILL');
    platform = folder.start();
    url = await urlOf(platform);
    expect(await adminName(url, token)).toBe('First admin');
    expect(isAlive(orphan)).toBe(false);
  });

  it('finishes requests under way before it stops', async () => {
    const { finish } = await halfARequest(url);
    platform.signal('SIGTERM');
    await platform.says(/Stopping/);
    await until('nothing new is taken', async () => !(await ready(url)));
    expect(await finish()).toMatch(/HTTP\/1\.1 200 [\s\S]*"__typename":"Query"/);
    expect(await platform.exit()).toBe(0);
  });

  it('ends at once at a second Ctrl-C, and PostgreSQL ends too', async () => {
    platform = folder.start();
    url = await urlOf(platform);
    const server = folder.serverPid;
    await halfARequest(url);
    platform.signal('SIGINT');
    await platform.says(/Stopping/);
    await until('it ends', async () => {
      platform.signal('SIGINT');
      return !platform.running;
    });
    expect(await platform.exit()).toBe(130);
    await until('PostgreSQL ends', async () => !isAlive(server));
  });

  it('says in one line when its port is taken', async () => {
    const other: Server = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const refused = folder.start({ PORT: String(port) });
    expect(await refused.exit()).toBe(1);
    other.close();
    expect(refused.output.trim().split('\n').at(-1)).toBe(
      `Port ${port} is taken by another program: start on another one, for example PORT=${port + 1} npm start`,
    );
  });
});
