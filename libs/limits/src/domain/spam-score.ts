import type { Outcome } from './outcome.js';

/** What was last found of a business, and when. */
export interface SpamScore {
  /** Whole points from 0 (nothing speaks of spam) to 100, as of `at`. */
  score: number;
  at: Date;
}

/** A score with what it takes to judge by it. */
export interface SpamFact extends SpamScore {
  /** Above this a business may not begin anything. */
  most: number;
  halfLifeDays: number;
}

/** How one person took what they were sent: with how loud a voice, and how much of it time has left. */
export interface Heard {
  outcome: Outcome;
  /** 0–1; not lowered by time. */
  voice: number;
  /** 0–1: what time has left of the reaction. */
  left: number;
}

/** What the templates of a business that send lead to. */
export interface LinkShare {
  /** The share of them with a shortener or a look-alike domain, 0–1. */
  share: number;
  /** When the newest of those was approved; null: there is none. */
  newestAt: Date | null;
}

/** How much each outcome speaks of spam: to be ignored a little, to be found a spammer by the operator in full. */
export const SPAM_WEIGHTS: Readonly<Record<Outcome, number>> = {
  READ: 0,
  REPLIED: 0,
  SILENT: 0.1,
  STOPPED: 0.3,
  BLOCKED: 0.5,
  REPORTED: 0.6,
  UPHELD: 1,
};
/** Points that people's reactions and the links of templates can make up, together 100. */
export const SPAM_POINTS = { reactions: 80, links: 20 } as const;
/** Whole voices of people who read that everybody is thought to have had before: few people decide little. */
export const SPAM_PRIOR = 20;

const DAY_MS = 86_400_000;

/** Adds up how people took what a business sent them. */
export class SpamTally {
  private against = 0;
  private people = SPAM_PRIOR;

  /** Who answered counts twice among the people: the more answer, the less the same reports weigh. */
  add({ outcome, voice, left }: Heard): void {
    this.against += voice * SPAM_WEIGHTS[outcome] * left;
    this.people += outcome === 'REPLIED' ? 2 * voice : voice;
  }

  /**
   * The points as of a time, at which what was added was judged. All that is in them fades by the same half-life, and what
   * they are divided by does not, so what is found again later, with nothing new, is the former faded.
   */
  points({ share, newestAt }: LinkShare, at: Date, halfLifeDays: number): number {
    const links = newestAt ? share * fading(newestAt, at, halfLifeDays) : 0;
    return SPAM_POINTS.reactions * (this.against / this.people) + SPAM_POINTS.links * links;
  }
}

/**
 * The score after so many points were found: the former one while that, faded, says the same to a point, so that a time
 * once told stands where nothing new happened; else a new one. In whole points, rounded up: a finer one would tell a
 * business what a single person did.
 */
export function renewed(
  former: SpamScore | undefined,
  points: number,
  at: Date,
  halfLifeDays: number,
): SpamScore {
  const left = former ? former.score * fading(former.at, at, halfLifeDays) : 0;
  return former && points <= left && points > left - 1 ? former : { score: Math.ceil(points), at };
}

/** The first millisecond at which a score has faded to the most that is allowed; null: it is not above that. */
export function clearsAt({ score, at, most, halfLifeDays }: SpamFact): Date | null {
  if (score <= most) return null;
  return new Date(Math.ceil(at.getTime() + Math.log2(score / most) * halfLifeDays * DAY_MS));
}

/** What is left, 0–1, of something after the time between. */
function fading(from: Date, to: Date, halfLifeDays: number): number {
  return 2 ** -(Math.max(0, to.getTime() - from.getTime()) / (halfLifeDays * DAY_MS));
}
