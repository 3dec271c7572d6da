import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
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
  const { server, url } = await listen((request, response, body) => {
    collector.headers.push(request.headers);
    collector.bodies.push(body);
    if (request.url === '/v1/traces') collector.spans.push(...spansOf(JSON.parse(body)));
    collector.answer(response);
  });
  const collector: Collector = {
    url,
    spans: [],
    bodies: [],
    headers: [],
    answer: thank,
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

const thank = (response: ServerResponse): void =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');

/** A server on a free loopback port that looks at all traces that come. */
async function listen(
  take: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        lookAt('a trace', body);
        take(request, response, body);
      },
      () => undefined,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

let sink: Promise<string> | undefined;

/** Where all traces of a file of tests go when leaks are looked for: looked at, and not kept. @returns its URL */
export function traceSink(): Promise<string> {
  sink ??= listen((_, response) => {
    thank(response);
  }).then(({ server, url }) => {
    // It lasts as long as the file does, and keeps nothing from ending.
    server.on('connection', (socket) => socket.unref()).unref();
    return url;
  });
  return sink;
}
