/** A person whose number is proved again. */
export interface FormerProof {
  /** When the number was last proved; null where it is no longer theirs. */
  verifiedAt: Date | null;
  /** When they became a person here. */
  since: Date;
  /** Whether they were erased: a restored backup may have brought them back. */
  buried: boolean;
}

/** What the one who proves it says and shows. */
export interface Claim {
  /** "This number is new to me." */
  startAnew: boolean;
  /** A valid session of that very person. */
  signedIn: boolean;
}

const DAY_MS = 86_400_000;

/**
 * For so long after a new possession began, saying so again means the same one: a second device, or a retry after an
 * answer that was lost. As long as a code lives.
 */
export const SAME_POSSESSION_MS = 10 * 60_000;

/**
 * Whether a proof begins a new possession. Consent belongs to a possession, not to digits: a carrier gives a number to
 * somebody else, in the United States after 45 days (47 CFR 52.15(f)(1)(ii)), and whoever uses the platform proves theirs
 * at least every 30 days, since sessions live no longer. In doubt the person begins anew and loses what they had; the
 * other mistake would give it to a stranger.
 */
export function isNewPossession(
  former: FormerProof,
  { startAnew, signedIn }: Claim,
  now: Date,
  possessionDays: number,
): boolean {
  if (former.buried || !former.verifiedAt) return true;
  if (startAnew) return now.getTime() - former.since.getTime() >= SAME_POSSESSION_MS;
  return !signedIn && now.getTime() - former.verifiedAt.getTime() > possessionDays * DAY_MS;
}
