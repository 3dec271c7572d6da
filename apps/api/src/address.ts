import { createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Configuration } from '@assent/platform';
import { StartError } from './lifetime.js';

/** Starts to answer. @throws StartError when the address can not be had */
export async function listen(app: NestFastifyApplication, { settings }: Configuration): Promise<string> {
  try {
    await app.listen(settings.PORT, settings.HOST);
  } catch (error) {
    throw refusedAddress(error, settings);
  }
  return app.getUrl();
}

/** Finds out before long work whether the address can be had. @throws StartError */
export async function requireAddress({ settings }: Configuration): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen(settings.PORT, settings.HOST, resolve);
    });
    await new Promise((resolve) => probe.close(resolve));
  } catch (error) {
    throw refusedAddress(error, settings);
  }
}

function refusedAddress(error: unknown, { HOST, PORT }: { HOST: string; PORT: number }): unknown {
  switch ((error as { code?: string }).code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${PORT} is taken by another program: start on another one, for example PORT=${PORT < 65535 ? PORT + 1 : 4000} npm start`,
      );
    case 'EACCES':
      return new StartError(
        `Port ${PORT} is for root only: start on one from 1024, for example PORT=4000 npm start`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(
        `HOST=${HOST} is no address of this machine: start on one that is, for example HOST=127.0.0.1 npm start`,
      );
    default:
      return error;
  }
}
