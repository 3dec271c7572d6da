import { Injectable } from '@nestjs/common';
import { isTimeOfDay, isTimeZone } from '@assent/limits';
import type { PersonViewer } from '@assent/people';
import { BadInputError, Configuration, Database, Hints, parseInput } from '@assent/platform';
import { z } from 'zod';
import { capInForce, LONGEST_PAUSE_MS, type Preferences } from '../domain/preferences.js';
import { PreferencesStore } from '../persistence/preferences.store.js';
import { WaitStore } from '../persistence/wait.store.js';

/** Preferences, and what follows from them now. */
export interface PreferencesInForce extends Preferences {
  /** The cap that counts. */
  marketingCapInForce: number;
  weeklyMarketingCapInForce: number;
}

const ZONE = 'must be the name of a time zone of the IANA database, for example Europe/Berlin';
const TIME = 'must be a time of day, HH:MM';
const CAP = 'must be a whole number from 0 to 1,000';
const BUDGET = 'must be a whole number from 1 to 1,000';
const timeOfDay = z.string(TIME).refine(isTimeOfDay, TIME);
const schema = z.object({
  timeZone: z.string(ZONE).refine(isTimeZone, ZONE).nullish(),
  quietHours: z
    .object({ from: timeOfDay, to: timeOfDay })
    .refine(({ from, to }) => from !== to, 'must end at another time of day than they begin')
    .nullish(),
  marketingCap: z.int(CAP).min(0, CAP).max(1_000, CAP).nullish(),
  weeklyMarketingCap: z.int(CAP).min(0, CAP).max(1_000, CAP).nullish(),
  interruptionCap: z.int(BUDGET).min(1, BUDGET).max(1_000, BUDGET).nullish(),
  pausedUntil: z.date('must be a time').nullish(),
  smsFallback: z.boolean('must be true or false').nullish(),
});

/** A person says when, and how much, they want to be messaged. */
@Injectable()
export class ChangePreferences {
  constructor(
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly store: PreferencesStore,
    private readonly waits: WaitStore,
    private readonly hints: Hints,
  ) {}

  async read(viewer: PersonViewer): Promise<PreferencesInForce> {
    const { preferences, now } = await this.database.transaction(
      { role: 'person', personId: viewer.personId },
      (tx) => this.store.read(tx, viewer),
    );
    return this.inForce(preferences, now);
  }

  /**
   * Changes what is named, and lets everything that waits be decided again: what no longer has to wait is due at
   * once. @throws BadInputError
   */
  async execute(viewer: PersonViewer, input: unknown): Promise<PreferencesInForce> {
    const changes = parseInput(schema, input);
    const { MARKETING_CAP_DAILY, MARKETING_CAP_WEEKLY } = this.configuration.settings;
    checkCap('marketingCap', changes.marketingCap, MARKETING_CAP_DAILY);
    checkCap('weeklyMarketingCap', changes.weeklyMarketingCap, MARKETING_CAP_WEEKLY);
    const inForce = await this.database.transaction(
      { role: 'person', personId: viewer.personId },
      async (tx) => {
        const { now, preferences } = await this.store.lockAndRead(tx, viewer);
        if (changes.pausedUntil) checkPause(changes.pausedUntil, now);
        const wanted = changed(preferences, changes);
        await Promise.all([this.store.write(tx, viewer, wanted), this.waits.decideAgain(tx, viewer, now)]);
        return this.inForce(wanted, now);
      },
    );
    this.hints.send(['queue']);
    return inForce;
  }

  private inForce(preferences: Preferences, now: Date): PreferencesInForce {
    const { pausedUntil, weeklyMarketingCap } = preferences;
    const { MARKETING_CAP_DAILY, MARKETING_CAP_WEEKLY } = this.configuration.settings;
    return {
      ...preferences,
      marketingCapInForce: capInForce(preferences, MARKETING_CAP_DAILY),
      weeklyMarketingCapInForce: Math.min(weeklyMarketingCap ?? MARKETING_CAP_WEEKLY, MARKETING_CAP_WEEKLY),
      pausedUntil: pausedUntil && pausedUntil > now ? pausedUntil : null,
    };
  }
}

function checkCap(name: string, own: number | null | undefined, operators: number): void {
  if ((own ?? 0) <= operators) return;
  throw new BadInputError([
    { field: `input.${name}`, rule: `must not be above the cap of this platform, ${operators}` },
  ]);
}

function checkPause(until: Date, now: Date): void {
  if (until > now && until.getTime() <= now.getTime() + LONGEST_PAUSE_MS) return;
  throw new BadInputError([
    { field: 'input.pausedUntil', rule: 'must be in the future, at most 366 days ahead' },
  ]);
}

/** Null is a value: nothing of one's own any more. What is left out stays. */
function changed(current: Preferences, changes: z.output<typeof schema>): Preferences {
  const or = <Value>(change: Value | undefined, value: Value) => (change === undefined ? value : change);
  return {
    timeZone: or(changes.timeZone, current.timeZone),
    quietHours: or(changes.quietHours, current.quietHours),
    marketingCap: or(changes.marketingCap, current.marketingCap),
    weeklyMarketingCap: or(changes.weeklyMarketingCap, current.weeklyMarketingCap),
    interruptionCap: or(changes.interruptionCap, current.interruptionCap),
    pausedUntil: or(changes.pausedUntil, current.pausedUntil),
    smsFallback: or(changes.smsFallback, current.smsFallback) ?? false,
  };
}
