import { Injectable } from '@nestjs/common';
import { errorCode, isSampled, publicId, type SpanAttributes, Tracing } from '@assent/platform';
import type { DispatchedMessage } from '../domain/dispatch-plan.js';
import type { Answer } from '../domain/plan.js';

/** Who asked for a message, as far as they are traced. */
export type Asker = Tracing['current'];

interface Asked {
  businessId: string;
  asker: Asker;
}

interface Answered {
  answer: Answer;
  replayed: boolean;
}

/**
 * Traces of messages. Batches belong to who asked for them. Each message has a trace of its own besides, which every process
 * that does something for it adds to: requests and batches link to it, and it to them.
 */
@Injectable()
export class MessageTraces {
  constructor(private readonly tracing: Tracing) {}

  /** The request that is worked for, kept with what waits for a batch. */
  get asker(): Asker {
    return this.tracing.current;
  }

  /** Sends a batch: a part of the first request that is sampled, linked to the others that were gathered in it. */
  sending<A extends Answered>(asked: readonly Asked[], send: () => Promise<A[]>): Promise<A[]> {
    return this.tracing.on ? this.tracedSending(asked, send) : send();
  }

  /** Dispatches a batch: linked to its messages, and a step in the trace of each. */
  dispatching(dispatch: () => Promise<DispatchedMessage[]>): Promise<DispatchedMessage[]> {
    return this.tracing.on ? this.tracedDispatching(dispatch) : dispatch();
  }

  /** A carrier answered. */
  handedOver(
    { messageId, businessId }: { messageId: string; businessId: string },
    carrier: string,
    failure: string | null,
    since: number,
  ): void {
    const message = this.tracing.on && this.tracing.messageContext(messageId);
    if (!message || !isSampled(message)) return;
    this.tracing.add('hand over', {
      since,
      parent: message,
      kind: 'client',
      attributes: {
        'assent.carrier': carrier,
        'assent.outcome': failure ?? 'ok',
        'assent.business': publicId('biz', businessId),
      },
      failed: failure !== null,
    });
  }

  private async tracedSending<A extends Answered>(
    asked: readonly Asked[],
    send: () => Promise<A[]>,
  ): Promise<A[]> {
    const since = Date.now();
    const askers = [...new Set(asked.flatMap(({ asker }) => asker?.spanContext() ?? []))].filter(isSampled);
    const [parent, ...links] = askers;
    const batch = (attributes: SpanAttributes, failed = false) =>
      askers.length > 0 || asked.every(({ asker }) => !asker)
        ? this.tracing.add('send batch', { since, parent, links, attributes, failed })
        : undefined;
    try {
      const answers = await send();
      const context = batch(countsOf(answers));
      answers.forEach(({ answer, replayed }, at) => {
        const of = asked[at];
        const message = of && answer.accepted && this.tracing.messageContext(answer.messageId);
        if (!message) return;
        of.asker?.addLink({ context: message });
        if (replayed) return;
        const from = [of.asker?.spanContext(), context].filter((link) => link !== undefined);
        this.tracing.accepted(message, {
          since,
          links: from.filter(isSampled),
          attributes: {
            'assent.business': publicId('biz', of.businessId),
            'assent.outcome': answer.deferral ? 'DEFERRED' : 'ALLOWED',
            'assent.reason': answer.deferral?.reason,
          },
        });
      });
      return answers;
    } catch (error) {
      batch({ 'assent.messages': asked.length, 'assent.outcome': errorCode(error) }, true);
      throw error;
    }
  }

  private async tracedDispatching(
    dispatch: () => Promise<DispatchedMessage[]>,
  ): Promise<DispatchedMessage[]> {
    const since = Date.now();
    try {
      const planned = await dispatch();
      const steps = planned.flatMap((one) => {
        const message = this.tracing.messageContext(one.message.id);
        return message && isSampled(message) ? [{ one, message }] : [];
      });
      const batch = this.tracing.add('dispatch batch', {
        since,
        links: steps.map(({ message }) => message),
        attributes: dispatchedCounts(planned),
      });
      for (const { one, message } of steps) {
        this.tracing.add('dispatch', {
          since,
          parent: message,
          links: batch && [batch],
          attributes: {
            'assent.business': publicId('biz', one.conversation.businessId),
            'assent.outcome': one.outcome,
            'assent.reason': 'reason' in one ? one.reason : undefined,
          },
        });
      }
      return planned;
    } catch (error) {
      this.tracing.add('dispatch batch', {
        since,
        attributes: { 'assent.outcome': errorCode(error) },
        failed: true,
      });
      throw error;
    }
  }
}

function countsOf(answers: readonly Answered[]): SpanAttributes {
  const count = (is: (one: Answered) => boolean) => answers.filter(is).length;
  return {
    'assent.messages': answers.length,
    'assent.replayed': count(({ replayed }) => replayed),
    'assent.accepted': count(({ answer, replayed }) => answer.accepted && !replayed),
    'assent.refused': count(({ answer, replayed }) => !answer.accepted && !replayed),
    'assent.outcome': 'ok',
  };
}

function dispatchedCounts(planned: readonly DispatchedMessage[]): SpanAttributes {
  const count = (...outcomes: DispatchedMessage['outcome'][]) =>
    planned.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    'assent.messages': planned.length,
    'assent.visible': count('VISIBLE'),
    'assent.deferred': count('DEFERRED'),
    'assent.ended': count('SUPPRESSED', 'EXPIRED'),
    'assent.outcome': 'ok',
  };
}
