import { MessagePurpose } from './message.js';

/** Which messages go first, where not all can. (A priority is not a lane, which is a bucket of people.) */
export const PRIORITIES = [
  MessagePurpose.AUTHENTICATION,
  MessagePurpose.SERVICE,
  MessagePurpose.MARKETING,
] as const;

/** Which of ten claims the others lead; AUTHENTICATION leads the rest. */
const LEADERS: Readonly<Record<number, MessagePurpose>> = {
  2: MessagePurpose.SERVICE,
  5: MessagePurpose.MARKETING,
  8: MessagePurpose.SERVICE,
};

/**
 * In which order a claim asks the priorities; claims are counted from 0. What leads takes what it needs, and the others,
 * by their rank, what that leaves. AUTHENTICATION leads seven of ten, so it waits for one claim of another at most; SERVICE and
 * MARKETING lead two and one, which are their reserved shares, whatever is queued before them.
 */
export function orderOfClaim(nr: number): readonly MessagePurpose[] {
  const leader = LEADERS[nr % 10] ?? MessagePurpose.AUTHENTICATION;
  return [leader, ...PRIORITIES.filter((priority) => priority !== leader)];
}

/** The more urgent of two purposes. */
export function moreUrgent(one: MessagePurpose, other: MessagePurpose): MessagePurpose {
  return PRIORITIES.indexOf(one) <= PRIORITIES.indexOf(other) ? one : other;
}
