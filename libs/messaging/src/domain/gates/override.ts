import { endsAfter, type LimitKind, type LimitOverrides } from '@assent/accounts';

/**
 * The first moment from `now` on at which a limit that an admin may have set lets pass; null: never. What was set may
 * run out before the limit as it stands would, and let pass earlier.
 *
 * @param judge the first moment from `at` on, as the limit stands at `at`; `at` itself where it passes then
 */
export function passesFrom(
  overrides: LimitOverrides,
  kinds: readonly LimitKind[],
  now: Date,
  judge: (at: Date) => Date | null,
): Date | null {
  let passes = judge(now);
  if (passes === now) return now;
  for (const end of endsAfter(overrides, kinds, now)) {
    if (passes && passes <= end) break;
    passes = judge(end);
  }
  return passes;
}
