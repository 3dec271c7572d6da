import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ACCOUNTS_ROWS } from '@assent/accounts';
import { PEOPLE_ROWS } from '@assent/people';
import {
  Configuration,
  HealthController,
  NestLogger,
  PlatformModule,
  type PlatformOptions,
  Tracing,
  trustedProxies,
} from '@assent/platform';

import { Load } from './load.js';
import { traceRequests } from './request-spans.js';

/** TypeORM entities of all libraries. */
export const ROWS = [...ACCOUNTS_ROWS, ...PEOPLE_ROWS];

/** Largest request: 1,000 messages of 4,096 characters, each of up to three bytes, and their frame. */
const MOST_BUSINESS_BYTES = 16 * 1024 * 1024;
/** Everybody else sends little: persons, admins, and whoever presents no key or token. */
const MOST_OTHER_BYTES = 256 * 1024;
/** A stop by link, the one thing that comes as multipart/form-data, is a single field. */
const MOST_FORM_BYTES = 4 * 1024;
/** How long a request may take to arrive; a file may take longer, as long as it goes on arriving. */
const REQUEST_MS = 30_000;
const UPLOAD_MS = 60 * 60_000;
/** What is read as a stream, by the controller that it is for. */
const STREAMED = ['text/csv', 'application/octet-stream'];
/** How long requests under way, and a round of the worker, may take when the process stops. */
const DRAIN_MS = 10_000;

/** A close frame of RFC 6455 with code 1001, after which clients connect again, elsewhere or later. */
const GOING_AWAY = Buffer.from([0x88, 0x02, 0x03, 0xe9]);

/** Connections of subscriptions. They stay open for ever, so that HTTP servers wait for them in vain. */
const webSockets = new WeakMap<NestFastifyApplication, Set<Duplex>>();

/** An HTTP server for these modules; not listening yet. */
export async function createServer(
  options: Omit<PlatformOptions, 'rows'>,
  modules: Type[],
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MOST_BUSINESS_BYTES,
    http: { headersTimeout: REQUEST_MS },
    requestTimeout: UPLOAD_MS,
    forceCloseConnections: 'idle',
    // What comes on an open connection while the server closes is answered, and told to go elsewhere with the next.
    return503OnClosing: false,
    trustProxy: trustedProxies(options.configuration.settings.TRUSTED_PROXIES),
  });
  adapter.getInstance().addHook('onRequest', (_request, reply, done) => {
    void reply.header('cache-control', 'no-store'); // where a route does not say otherwise
    done();
  });
  new Load(options.configuration.settings).guard(adapter.getInstance());
  // Holds for bodies, too, that do not say how long they are.
  adapter.getInstance().addHook('onRoute', (route) => {
    route.bodyLimit ??= mostBytesOf(route.url);
  });
  adapter.getInstance().addHook('onRequest', async (request, reply) => {
    const { 'content-length': length = 0, 'transfer-encoding': chunked, authorization } = request.headers;
    const known = request.url.startsWith('/business/');
    // Its URL says how much may come, and nothing is read before that was looked at.
    if ((known && authorization !== undefined) || request.url.startsWith('/media/')) return;
    if (Number(length) > MOST_OTHER_BYTES || (known && chunked !== undefined)) {
      await reply.code(413).send({ message: `A request here has at most ${MOST_OTHER_BYTES} bytes` });
    }
  });
  adapter.getInstance().addHook('onRequest', (request, _reply, done) => {
    const type = request.headers['content-type'] ?? '';
    if (!STREAMED.some((streamed) => type.startsWith(streamed))) {
      const late = setTimeout(() => {
        if (!request.raw.complete) request.raw.destroy();
      }, REQUEST_MS);
      late.unref();
      request.raw.once('close', () => clearTimeout(late));
    }
    done();
  });
  adapter.getInstance().addContentTypeParser(STREAMED, (_request, payload, done) => done(null, payload));
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: class Root {},
      imports: [PlatformModule.forRoot({ ...options, rows: ROWS }), ...modules],
    },
    adapter,
    // Carriers sign the very bytes that they send.
    { logger: new NestLogger(options.log), abortOnError: false, rawBody: true },
  );
  const tracing = app.get(Tracing, { strict: false });
  if (tracing.on) traceRequests(adapter.getInstance(), tracing);
  app.useBodyParser('multipart/form-data', { bodyLimit: MOST_FORM_BYTES });
  const upgraded = new Set<Duplex>();
  webSockets.set(app, upgraded);
  app.getHttpServer().on('upgrade', (_: unknown, socket: Duplex) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
  });
  return app;
}

/** A route's own limit stands before that of a parser. */
function mostBytesOf(url: string): number {
  if (url.startsWith('/business/')) return MOST_BUSINESS_BYTES;
  return url.startsWith('/stop/') ? MOST_FORM_BYTES : MOST_OTHER_BYTES;
}

/**
 * Says that it is not ready, and goes on for DRAIN_SECONDS, in which load balancers notice; then answers what was asked, takes
 * nothing new, lets the worker end its round, and closes everything; at most 10 s.
 */
export async function drain(app: NestFastifyApplication): Promise<void> {
  const { DRAIN_SECONDS } = app.get(Configuration, { strict: false }).settings;
  if (DRAIN_SECONDS > 0) {
    app.get(HealthController, { strict: false }).drain();
    await wait(DRAIN_SECONDS * 1_000);
  }
  for (const socket of webSockets.get(app) ?? []) socket.end(GOING_AWAY);
  const patience = new AbortController();
  const late = wait(DRAIN_MS, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([app.close(), late]);
  patience.abort();
}
