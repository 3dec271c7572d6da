import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/**
 * The preferred port if it is free, else a random one below the range that systems give to outgoing connections:
 * inside it, a client that retries while the server is down may connect to itself and so keep the port.
 */
export async function freePort(preferred: number | undefined): Promise<number> {
  const candidates = Array.from({ length: 50 }, () => randomInt(20_000, 30_000));
  for (const port of preferred ? [preferred, ...candidates] : candidates) {
    if (await isFree(port)) return port;
  }
  throw new EmbeddedPostgresError('no port from 20000 to 29999 is free on 127.0.0.1: end what listens there');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(false));
    server.listen(port, '127.0.0.1', () => server.close(() => settle(true)));
  });
}
