import { setInterval } from 'node:timers';
import type { FastifyInstance } from 'fastify';
import { type Configuration, countRefused, Gauge, takeRightOfWay } from '@assent/platform';

const underWayGauge = new Gauge(
  'assent_requests_under_way',
  'Requests that have begun to arrive and are not answered.',
);

const SAMPLE_MS = 500;
/** With so few requests a late event loop is not their doing: a slow disk or a busy machine is, and refusing them helps nobody. */
const FEW = 64;
/** Who was refused comes back spread over so many seconds. */
const RETRY_SECONDS = 5;
/** What is answered whatever happens: supervisors, and people who stop a business by a link. */
const ALWAYS = /^\/(?:health|stop)\//;
/** Who waits for this is a person, with a stop perhaps: the batches of businesses give way. */
const OF_PEOPLE = /^\/(?:person|stop)\//;

/**
 * Refuses requests before anything of them is read while this process has more to do than it can: 503 with `Retry-After` and the
 * code OVERLOADED. Those that it has begun it ends in time; without a bound all of them would get slower until clients give up.
 */
export class Load {
  private underWay = 0;
  /** How late the event loop was in the last two samples. */
  private lateness: [number, number] = [0, 0];
  private readonly sampling: NodeJS.Timeout;

  constructor(private readonly settings: Configuration['settings']) {
    let last = performance.now();
    this.sampling = setInterval(() => {
      const now = performance.now();
      this.lateness = [this.lateness[1], now - last - SAMPLE_MS];
      last = now;
    }, SAMPLE_MS).unref();
  }

  /** For Fastify; before every other hook. */
  guard(server: FastifyInstance): void {
    server.addHook('onRequest', async ({ url }, reply) => {
      if (this.isTooMuch && !ALWAYS.test(url)) {
        countRefused(url.split('/')[1] ?? '', 'OVERLOADED');
        const seconds = 1 + Math.floor(Math.random() * RETRY_SECONDS);
        await reply.code(503).header('retry-after', seconds).send(refusal(seconds));
        return;
      }
      underWayGauge.set(++this.underWay);
      reply.raw.once('close', () => underWayGauge.set(--this.underWay));
      if (OF_PEOPLE.test(url)) reply.raw.once('close', takeRightOfWay());
    });
    server.addHook('onClose', async () => clearInterval(this.sampling));
  }

  private get isTooMuch(): boolean {
    const { OVERLOAD_REQUESTS, OVERLOAD_DELAY_MS } = this.settings;
    if (this.underWay >= OVERLOAD_REQUESTS) return true;
    return this.underWay >= FEW && Math.min(...this.lateness) > OVERLOAD_DELAY_MS;
  }
}

/** As GraphQL says it, so that clients of the API read it as they read every refusal; others have the status. */
function refusal(seconds: number): object {
  const retryAt = new Date(Date.now() + seconds * 1_000).toISOString();
  const message = 'This server has more to do than it can. Send the same request again at retryAt.';
  return { errors: [{ message, extensions: { code: 'OVERLOADED', retryAt } }] };
}
