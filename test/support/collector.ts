import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lookAt } from './outgoing.js';

/** A span as a collector sees it. */
export interface CollectedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  kind: number;
  /** 2: it failed. */
  status: number;
  links: { traceId: string; spanId: string }[];
  attributes: Record<string, string | number>;
  /** The service of the process. */
  service: string;
}

/** A collector that takes OTLP over HTTP, as JSON, while it is open. */
export interface Collector extends AsyncDisposable {
  url: string;
  spans: CollectedSpan[];
  /** What came, byte by byte. */
  bodies: string[];
  headers: IncomingHttpHeaders[];
  /** Answers from now on. */
  answer: (response: ServerResponse) => void;
}

/** Opens a collector on a free loopback port; by default it takes everything. */
export async function aCollector(): Promise<Collector> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      lookAt('a trace', body);
      collector.headers.push(request.headers);
      collector.bodies.push(body);
      if (request.url === '/v1/traces') collector.spans.push(...spansOf(JSON.parse(body)));
      collector.answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const collector: Collector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: [],
    bodies: [],
    headers: [],
    answer: (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return collector;
}

const valuesOf = (attributes: any[]): Record<string, string | number> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]));

/** https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
function spansOf({ resourceSpans }: any): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }: any) =>
    scopeSpans.flatMap(({ spans }: any) =>
      spans.map((span: any) => ({
        name: span.name,
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId || undefined,
        kind: span.kind,
        status: span.status?.code ?? 0,
        links: (span.links ?? []).map(({ traceId, spanId }: any) => ({ traceId, spanId })),
        attributes: valuesOf(span.attributes ?? []),
        service: valuesOf(resource.attributes)['service.name'],
      })),
    ),
  );
}

let sink: Promise<string> | undefined;

/** Where all traces of a file of tests go when leaks are looked for: looked at, and not kept. @returns its URL */
export function traceSink(): Promise<string> {
  sink ??= new Promise((resolve) => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('error', () => undefined);
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        lookAt('a trace', Buffer.concat(chunks).toString());
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    // It lasts as long as the file does, and keeps nothing from ending.
    server.on('connection', (socket) => socket.unref()).unref();
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
  return sink;
}
