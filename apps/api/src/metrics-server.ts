import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Collectors, type Configuration, exposition } from '@assent/platform';
import { StartError } from './lifetime.js';

/** Where Prometheus reads this process. */
export interface MetricsServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves metrics on a port of its own, which no load balancer leads to; undefined where no METRICS_PORT is set.
 * @throws StartError when the address can not be had
 */
export async function serveMetrics(
  app: NestFastifyApplication,
  { settings: { METRICS_PORT, METRICS_HOST } }: Configuration,
): Promise<MetricsServer | undefined> {
  if (METRICS_PORT === undefined) return undefined;
  const collectors = app.get(Collectors, { strict: false });
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000 }, (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    void collectors.collect().then(() => {
      response
        .writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
        .end(exposition());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(METRICS_PORT, METRICS_HOST, resolve);
  }).catch((error: unknown) => {
    const { code } = error as { code?: string };
    throw new StartError(
      `Metrics can not be served on ${METRICS_HOST}:${METRICS_PORT} (${code}): set METRICS_PORT and METRICS_HOST to what is free, for example METRICS_PORT=9464`,
    );
  });
  const { port } = server.address() as AddressInfo;
  const host = METRICS_HOST.includes(':') ? `[${METRICS_HOST}]` : METRICS_HOST;
  return { url: `http://${host}:${port}/metrics`, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
