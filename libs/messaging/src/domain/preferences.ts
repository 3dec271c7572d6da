import type { DailyHours } from '@assent/limits';

/** What a person wants of being messaged. Null: nothing of their own, so what holds for everybody counts. */
export interface Preferences {
  /** Name of the time zone that they live in, of the IANA database; null: not known. */
  timeZone: string | null;
  /** When no marketing becomes visible to them, beside what the law of their country says. */
  quietHours: DailyHours | null;
  /** Most marketing messages in any 24 hours, of all businesses together. */
  marketingCap: number | null;
  /** Most marketing messages of one business in any 7 days. */
  weeklyMarketingCap: number | null;
  /** Most messages but AUTHENTICATION in any 24 hours, of all businesses together. */
  interruptionCap: number | null;
  /** Until when nothing but AUTHENTICATION becomes visible to them. */
  pausedUntil: Date | null;
  /** Whether what is not delivered in the app may come by SMS. */
  smsFallback: boolean;
}

/** Those of a person who never said anything. */
export const NO_PREFERENCES: Preferences = {
  timeZone: null,
  quietHours: null,
  marketingCap: null,
  weeklyMarketingCap: null,
  interruptionCap: null,
  pausedUntil: null,
  smsFallback: false,
};

/** A person may pause for this long at a time. */
export const LONGEST_PAUSE_MS = 366 * 24 * 60 * 60 * 1000;

/** The cap that counts: a person's own may only be lower than the operator's. */
export function capInForce({ marketingCap }: Preferences, operators: number): number {
  return Math.min(marketingCap ?? operators, operators);
}
