import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createDataSource } from '@assent/platform';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** ReadyForQuery, outside of a transaction: the end of a login, by the protocol's message formats. */
const READY = Buffer.from('Z\0\0\0\x05I', 'latin1');
/** ErrorResponse: what a backend says whose postmaster was killed. */
const FIELDS = 'SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0';
const DEAD = Buffer.concat([
  Buffer.from('E\0\0\0', 'latin1'),
  Buffer.from([FIELDS.length + 4]),
  Buffer.from(FIELDS),
]);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('ends no process by dying in the very moment in which a connection is ready', async () => {
  await using dying = await aDyingServer(database.appUrl);
  for (let nr = 0; nr < 3; nr++) {
    const source = createDataSource(dying.url, { name: 'assent-test' });
    await expect(source.initialize()).rejects.toThrow();
  }
  expect(dying.deaths).toBeGreaterThanOrEqual(3);
});

/** PostgreSQL, but for connections that end in the same packet that says that they are ready. */
async function aDyingServer(url: string) {
  let deaths = 0;
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(url);
  const server = createServer((client) => {
    const backend = connect(Number(port), hostname);
    for (const socket of [client, backend]) sockets.add(socket.on('error', () => undefined));
    client.pipe(backend);
    backend.on('data', (data) => {
      if (!data.includes(READY)) return client.write(data);
      deaths += 1;
      client.end(Buffer.concat([data, DEAD]));
      return backend.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dying = new URL(url);
  dying.port = String((server.address() as AddressInfo).port);
  return {
    url: dying.href,
    get deaths() {
      return deaths;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
