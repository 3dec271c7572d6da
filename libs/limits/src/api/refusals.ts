import type { Refused } from '@assent/accounts';
import type { Refusal } from '@assent/platform';

/** A refusal as an operation's own type of it. */
export function toRefusal<Type extends Refusal>(
  type: new () => Type,
  { reason, message, retryAt }: Refused,
): Type {
  return Object.assign(new type(), { reason, message, retryAt });
}
