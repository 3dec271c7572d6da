import { Injectable } from '@nestjs/common';
import { appendEvents, Counter, Database, type NewEvent, LOOK_UPS, type Transaction } from '@assent/platform';
import type { Answer } from '../domain/attempt.js';
import type { DisabledBecause } from '../domain/endpoint.js';
import { DOWN_FAILURES, healthAfter, isLost, retryAt } from '../domain/retrying.js';
import { AttemptStore, type MadeAttempt } from '../persistence/attempt.store.js';
import { type ClaimedDelivery, DeliveryStore } from '../persistence/delivery.store.js';
import { HealthStore, type LockedHealth, type NotedHealth } from '../persistence/health.store.js';

const attempts = new Counter('assent_webhook_attempts_total', 'What endpoints answered.', ['outcome']);

/** What became of one claimed delivery. */
export interface Result {
  claim: ClaimedDelivery;
  type: string;
  answer: Answer;
}

/** One endpoint after a batch of results. */
interface Judged {
  noted: NotedHealth;
  disable: DisabledBecause | null;
  /** It was down and works again. */
  recovered: boolean;
  businessId: string;
}

/** Notes results: what was delivered ends, what failed is tried again or given up, and endpoints are as they show. */
@Injectable()
export class NoteAttempts {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryStore,
    private readonly health: HealthStore,
    private readonly attempts: AttemptStore,
  ) {}

  /** A batch in one transaction: lock the endpoints, decide, record. */
  async execute(results: readonly Result[]): Promise<void> {
    for (const { answer } of results) attempts.add(1, answer.failure ?? 'ok');
    await this.database.transaction(LOOK_UPS, async (tx) => {
      const [endpoints, now] = await Promise.all([
        this.health.lock(tx, [...new Set(results.map(({ claim }) => claim.endpointId))]),
        tx.now(),
      ]);
      const made = results.map((result) => judge(result, now));
      const judged = endpoints.map((endpoint) => judgeEndpoint(endpoint, results, now));
      // An endpoint that was removed meanwhile has no log either.
      const known = new Set(endpoints.map(({ id }) => id));
      const kept = made.filter(({ claim }) => known.has(claim.endpointId));
      await Promise.all([
        this.attempts.add(tx, kept, now),
        this.deliveries.end(
          tx,
          made.flatMap(({ claim, retryAt: again }) => (again ? [] : [claim])),
        ),
        this.deliveries.putOff(
          tx,
          made.flatMap(({ claim, retryAt: again }) => (again ? [{ claim, until: again }] : [])),
        ),
        this.health.note(
          tx,
          judged.map(({ noted }) => noted),
          now,
        ),
        this.deliveries.hurry(
          tx,
          judged.flatMap(({ noted, recovered }) => (recovered ? [noted.id] : [])),
        ),
        this.disable(tx, judged, now),
      ]);
    });
  }

  private async disable(tx: Transaction, judged: readonly Judged[], at: Date): Promise<void> {
    const events: NewEvent[] = [];
    for (const { noted, businessId, disable } of judged) {
      if (!disable) continue;
      await this.health.disable(tx, noted.id, disable, at);
      events.push({
        businessId,
        type: 'webhook.disabled',
        data: { endpoint: noted.id, because: disable },
        at,
      });
    }
    await appendEvents(tx, events);
  }
}

function judge({ claim, type, answer }: Result, now: Date): MadeAttempt {
  const again = answer.failure === null ? undefined : retryAt(claim, answer, now, Math.random());
  return { claim, type, answer, retryAt: again ?? null };
}

function judgeEndpoint(endpoint: LockedHealth, results: readonly Result[], now: Date): Judged {
  const answers = results.flatMap(({ claim, answer }) => (claim.endpointId === endpoint.id ? [answer] : []));
  let health = endpoint;
  for (const answer of answers) health = { ...health, ...healthAfter(health, answer, now) };
  const gone = answers.some(({ failure }) => failure === 'GONE');
  const succeeded = answers.some(({ failure }) => failure === null);
  const { id, businessId, enabled } = endpoint;
  const { failures, failingSince, resumeAt, slow } = health;
  return {
    noted: {
      ...{ id, failures, failingSince, resumeAt, slow, succeeded },
      failed: answers.some(({ failure }) => failure !== null),
    },
    businessId,
    disable: !enabled ? null : gone ? 'GONE' : isLost(health, now) ? 'FAILING' : null,
    recovered: endpoint.failures >= DOWN_FAILURES && failures === 0,
  };
}
