import { type Counts, type Outcome, OUTCOME_WEIGHTS, type Weight } from './outcome.js';
import type { Cohorts, QualityRules } from './quality.js';
import type { Heard } from './spam-score.js';

/** What is known of one conversation. Times are the latest of their kind, in milliseconds; null: never. */
export interface Reactions {
  /** When this person proved their number. */
  joinedAt: number;
  /** Other verified businesses that have messaged them. */
  otherBusinesses: number;
  /** The first message that became visible to them. Null: none did, and nothing of this counts. */
  firstAt: number | null;
  deliveredAt: number | null;
  readAt: number | null;
  repliedAt: number | null;
  stoppedAt: number | null;
  blockedAt: number | null;
  reportedAt: number | null;
  /** The operator has looked at the report, and upheld it. */
  upheld: boolean;
}

const DAY_MS = 86_400_000;
/** Who has received a message and done nothing against it in this time has put up with it. */
const SILENCE_MS = DAY_MS;
/** After so many half-lives a reaction is forgotten: what is left of it is below half a percent. */
export const FORGOTTEN_HALF_LIVES = 8;
/** With so many verified businesses that messaged them, a person's voice is whole. */
const MOST_BUSINESSES = 4;
/** Everybody whose number is new, or who has to do with no other business. */
const UNPROVEN = 'UNPROVEN';

/** Adds up the reactions to one business, conversation by conversation, for `judgeQuality`. */
export class Tally {
  readonly counts: Counts = {
    SILENT: 0,
    READ: 0,
    REPLIED: 0,
    STOPPED: 0,
    BLOCKED: 0,
    REPORTED: 0,
    UPHELD: 0,
  };
  private readonly sums = new Map<string, { good: number; bad: number }>();

  /**
   * @param now in milliseconds, of the database's clock
   * @param otherBusinesses verified businesses of the platform beside this one: nobody can have to do with more
   */
  constructor(
    private readonly now: number,
    private readonly otherBusinesses: number,
    private readonly rules: QualityRules,
  ) {}

  get cohorts(): Cohorts {
    return this.sums;
  }

  /** @returns how it stands; undefined where nothing of it counts */
  add(reactions: Reactions): Heard | undefined {
    const stands = standing(reactions, this.now, this.rules.halfLifeDays);
    if (!stands) return undefined;
    this.counts[stands.outcome] += 1;
    const { cohort, weight } = this.voice(reactions, stands);
    const sum = this.sums.get(cohort) ?? { good: 0, bad: 0 };
    sum.good += weight * stands.worth.good;
    sum.bad += weight * stands.worth.bad;
    this.sums.set(cohort, sum);
    return { outcome: stands.outcome, voice: weight, left: stands.left };
  }

  /**
   * How much a person's reaction counts, and together with whose. By how long they had had their number then, and by
   * how many businesses they have to do with: both cost somebody who makes up people. What the operator looked at counts.
   */
  private voice(
    { joinedAt, otherBusinesses }: Reactions,
    { outcome, at }: Standing,
  ): { cohort: string; weight: number } {
    const { provenDays } = this.rules;
    const joined = `JOINED ${Math.floor(joinedAt / DAY_MS)}`;
    if (outcome === 'UPHELD') return { cohort: joined, weight: 1 };
    const age = Math.min(1, (Math.max(0, at - joinedAt) / DAY_MS + 1) / (provenDays + 1));
    const possible = Math.min(MOST_BUSINESSES - 1, this.otherBusinesses);
    const diversity = (1 + Math.min(possible, otherBusinesses)) / (1 + possible);
    const proven = age === 1 && (otherBusinesses > 0 || possible === 0);
    return { cohort: proven ? joined : UNPROVEN, weight: age * diversity };
  }
}

/** What was done from a time on, in milliseconds, as if the conversation had begun then. */
export function since(reactions: Reactions, from: number): Reactions {
  const { firstAt, deliveredAt, readAt, repliedAt, stoppedAt, blockedAt, reportedAt } = reactions;
  const later = (at: number | null) => (at !== null && at >= from ? at : null);
  return {
    ...reactions,
    firstAt: firstAt === null ? null : Math.max(firstAt, from),
    deliveredAt: later(deliveredAt),
    readAt: later(readAt),
    repliedAt: later(repliedAt),
    stoppedAt: later(stoppedAt),
    blockedAt: later(blockedAt),
    reportedAt: later(reportedAt),
  };
}

/** How a conversation stands, since when, and what that is worth now. */
interface Standing {
  outcome: Outcome;
  at: number;
  worth: Weight;
  /** What time has left of it, 0–1. */
  left: number;
}

/** By the reaction that weighs most now; of two that weigh the same, by the worse. */
function standing(reactions: Reactions, now: number, halfLifeDays: number): Standing | undefined {
  const { firstAt, deliveredAt } = reactions;
  if (firstAt === null) return undefined;
  const put = (outcome: Outcome, at: number | null) =>
    at !== null && at >= firstAt ? [{ outcome, at }] : [];
  const silence = now - firstAt >= SILENCE_MS ? put('SILENT', deliveredAt) : [];
  const known = [
    ...put(reactions.upheld ? 'UPHELD' : 'REPORTED', reactions.reportedAt),
    ...put('BLOCKED', reactions.blockedAt),
    ...put('STOPPED', reactions.stoppedAt),
    ...put('REPLIED', reactions.repliedAt),
    ...put('READ', reactions.readAt),
    ...silence,
  ];
  let most: Standing | undefined;
  for (const { outcome, at } of known) {
    const halfLives = Math.max(0, now - at) / (halfLifeDays * DAY_MS);
    if (halfLives >= FORGOTTEN_HALF_LIVES) continue;
    const left = 2 ** -halfLives;
    const { good, bad } = OUTCOME_WEIGHTS[outcome];
    const worth = { good: good * left, bad: bad * left };
    if (!most || worth.good + worth.bad > most.worth.good + most.worth.bad)
      most = { outcome, at, worth, left };
  }
  return most;
}
