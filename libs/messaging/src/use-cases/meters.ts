import { Counter, Histogram, SECONDS, timeOf } from '@assent/platform';
import type { DispatchedMessage } from '../domain/dispatch-plan.js';
import type { Answer } from '../domain/plan.js';

const decisions = new Counter(
  'assent_decisions_total',
  'Decisions about messages, each when it was recorded.',
  ['at', 'outcome', 'reason'],
);
const waits = new Histogram(
  'assent_dispatch_seconds',
  'From the acceptance of a message until it was visible, where nothing deferred or scheduled it.',
  [],
  SECONDS,
);
const handOffs = new Counter('assent_hand_offs_total', 'What carriers answered.', ['carrier', 'outcome']);

/** Counts what a batch was answered when it was sent. */
export function countAnswers(answers: readonly { answer: Answer; replayed: boolean }[]): void {
  for (const { answer, replayed } of answers) {
    if (replayed) decisions.add(1, 'sending', 'REPLAYED', '');
    else if (!answer.accepted) decisions.add(1, 'sending', 'REFUSED', answer.reason);
    else decisions.add(1, 'sending', answer.deferral ? 'DEFERRED' : 'ALLOWED', answer.deferral?.reason ?? '');
  }
}

/** Counts what became of messages in a round of dispatch, and how long they had waited for it. */
export function countDispatched(planned: readonly DispatchedMessage[]): void {
  for (const one of planned) {
    const { conversation, message, outcome } = one;
    decisions.add(1, 'dispatch', outcome, 'reason' in one ? one.reason : '');
    if (outcome !== 'VISIBLE' || message.status !== 'ACCEPTED' || message.sendAt) continue;
    waits.observe((conversation.now.getTime() - timeOf(message.id)) / 1_000);
  }
}

/** Counts what a carrier answered. */
export function countHandOff(carrier: string, failure: string | null): void {
  handOffs.add(1, carrier, failure ?? 'ok');
}
