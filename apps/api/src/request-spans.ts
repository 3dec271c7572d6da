import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TracedRequest, Tracing } from '@assent/platform';

/** Asked every few seconds by supervisors, and of no interest. */
const UNTRACED = /^\/health\//;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);
const FAILED = 500;

/** Traces requests that are worked on: by their route as it was declared, since URLs hold tokens, and their status. */
export function traceRequests(server: FastifyInstance, tracing: Tracing): void {
  const traced = new WeakMap<FastifyRequest, TracedRequest>();
  server.addHook('onRequest', (request, reply, done) => {
    if (UNTRACED.test(request.url)) return done();
    const method = METHODS.has(request.method) ? request.method : 'OTHER';
    const route = request.routeOptions.url ?? 'none';
    const span = tracing.request(`${method} ${route}`, request.headers['traceparent'], {
      'http.request.method': method,
      'http.route': route,
    });
    if (span) {
      traced.set(request, span);
      reply.raw.once('close', () => {
        const { statusCode } = reply.raw;
        span.end({ 'http.response.status_code': statusCode }, statusCode >= FAILED);
      });
    }
    done();
  });
  // Once the body is there: it arrives in events of the socket, which know nothing of what was asked for.
  server.addHook('preValidation', (request, _reply, done) => {
    const span = traced.get(request);
    if (span) span.within(done);
    else done();
  });
}
