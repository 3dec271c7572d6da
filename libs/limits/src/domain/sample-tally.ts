import { judgeQuality, type QualityRules } from './quality.js';
import { type Reactions, since, Tally } from './reactions.js';

/** What reactions say of the sample of a template: it is over, nothing more of it goes, or nothing is known yet. */
export type SampleVerdict = 'PASSED' | 'FAILED' | null;

/** Adds up what people did since the sample of a template began, by the formula of quality, as if there had been nothing before. */
export class SampleTally {
  private readonly tally: Tally;

  /**
   * @param beganAt in milliseconds, as `now`
   * @param people how many must have spoken against it before it fails
   */
  constructor(
    private readonly beganAt: number,
    now: number,
    otherBusinesses: number,
    private readonly rules: QualityRules,
    private readonly people: number,
  ) {
    this.tally = new Tally(now, otherBusinesses, rules);
  }

  add(reactions: Reactions): void {
    this.tally.add(since(reactions, this.beganAt));
  }

  get verdict(): SampleVerdict {
    const { level } = judgeQuality(this.tally.cohorts, 'UNKNOWN', this.rules);
    if (level === 'GREEN') return 'PASSED';
    const { STOPPED, BLOCKED, REPORTED, UPHELD } = this.tally.counts;
    return level === 'RED' && STOPPED + BLOCKED + REPORTED + UPHELD >= this.people ? 'FAILED' : null;
  }
}
