import { Inject, Injectable } from '@nestjs/common';
import {
  Database,
  errorCode,
  Hints,
  isOutage,
  LOGGER,
  LOOK_UPS,
  publicId,
  type Topic,
  uuid7,
} from '@assent/platform';
import type { Logger } from 'pino';
import { type DispatchedMessage, planDispatch } from '../domain/dispatch-plan.js';
import { DispatchRecorder } from '../persistence/dispatch.recorder.js';
import { DispatchStore } from '../persistence/dispatch.store.js';
import { ExpectedHandOffs } from '../persistence/expected-hand-offs.js';
import { type Claim, QueueStore } from '../persistence/queue.store.js';
import { ScheduledStore } from '../persistence/scheduled.store.js';
import { MessageTraces } from './message-traces.js';
import { countDispatched } from './meters.js';
import { TestReactions, type VisibleMessage } from './test-reactions.js';

/** Conversations that one round claims. */
const CLAIMED = 200;

/**
 * Makes accepted messages visible to the people they are for: claims due conversations, decides again under the
 * guards of their people, and records. What is deferred waits, and is decided again when it is due. Any number of workers may run it.
 */
@Injectable()
export class DispatchMessages {
  constructor(
    private readonly database: Database,
    private readonly queue: QueueStore,
    private readonly store: DispatchStore,
    private readonly scheduled: ScheduledStore,
    private readonly recorder: DispatchRecorder,
    private readonly hints: Hints,
    private readonly reactions: TestReactions,
    private readonly handOffs: ExpectedHandOffs,
    private readonly traces: MessageTraces,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** One round. @returns whether there may be more to do at once */
  async execute(): Promise<boolean> {
    const { claims, more } = await this.queue.claim(CLAIMED);
    if (claims.length === 0) return more;
    try {
      await this.dispatch(claims);
    } catch (error) {
      if (isOutage(error)) {
        // None of them is to blame. What can not even be given back is claimed again when its lease is over.
        await this.queue.giveBack(claims);
        throw error;
      }
      // One conversation must not hold up the others: each is tried by itself, and only the culprit waits.
      for (const claim of claims) await this.dispatchAlone(claim);
    }
    return true;
  }

  private async dispatchAlone(claim: Claim): Promise<void> {
    try {
      await this.dispatch([claim]);
    } catch (error) {
      if (isOutage(error)) return this.queue.giveBack([claim]);
      const id = uuid7(Date.now());
      this.log.error({ err: error, errorId: publicId('prk', id) }, 'A conversation could not be dispatched');
      await this.queue.putBack(claim, { id, code: errorCode(error) });
    }
  }

  private async dispatch(claims: Claim[]): Promise<void> {
    const planned = await this.traces.dispatching(() => this.decide(claims));
    this.hints.send(topicsOf(planned));
    countDispatched(planned);
  }

  private decide(claims: Claim[]): Promise<DispatchedMessage[]> {
    return this.database.transaction(LOOK_UPS, async (tx) => {
      const load = await this.store.lockAndLoad(tx, claims);
      await this.scheduled.lockAndLoad(tx, load.conversations);
      const planned = planDispatch(load.conversations, load.inboxSeqs);
      await Promise.all([this.recorder.record(tx, load, planned), this.scheduled.record(tx, planned)]);
      await this.handOffs.expect(tx, planned);
      const tested = seenInTests(planned);
      if (tested.length > 0) await this.reactions.expect(tx, tested);
      return planned;
    });
  }
}

/** What became visible to test persons. */
function seenInTests(planned: DispatchedMessage[]): VisibleMessage[] {
  return planned
    .filter(({ conversation, outcome }) => conversation.business.isSandbox && outcome === 'VISIBLE')
    .map(({ conversation: { lane }, message: { id } }) => ({ lane, id }));
}

function topicsOf(planned: DispatchedMessage[]): Set<Topic> {
  const topics = new Set<Topic>();
  for (const { conversation, outcome } of planned) {
    if (outcome !== 'DEFERRED') topics.add(`business:${conversation.businessId}`);
    if (outcome === 'VISIBLE') topics.add(`person:${conversation.personId}`);
  }
  return topics;
}
