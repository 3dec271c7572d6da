import { Injectable } from '@nestjs/common';
import { lockPerson } from '@assent/people';
import type { PersonKey, Transaction } from '@assent/platform';
import { NO_PREFERENCES, type Preferences } from '../domain/preferences.js';
import { PREFERENCES, type PreferencesRow, toPreferences } from './person-facts.js';

/** A person's preferences, and the database's time at which they were read. */
export interface PreferencesNow {
  now: Date;
  preferences: Preferences;
}

/** What persons want of being messaged; in the role `person`, as that person. */
@Injectable()
export class PreferencesStore {
  async read(tx: Transaction, { lane, personId }: PersonKey): Promise<PreferencesNow> {
    const [[row], now] = await Promise.all([
      tx.rows<PreferencesRow>({
        text: `SELECT ${PREFERENCES} FROM person_preference pref WHERE lane = $1 AND person_id = $2`,
        values: [lane, personId],
      }),
      tx.now(),
    ]);
    return { now, preferences: row ? toPreferences(row) : NO_PREFERENCES };
  }

  /**
   * The same under the person's guard: whoever decides on preferences holds it too, so from the commit of a change on
   * nobody decides on the old ones.
   */
  async lockAndRead(tx: Transaction, person: PersonKey): Promise<PreferencesNow> {
    const [, read] = await Promise.all([lockPerson(tx, person), this.read(tx, person)]);
    return read;
  }

  async write(tx: Transaction, { lane, personId }: PersonKey, wanted: Preferences): Promise<void> {
    const {
      timeZone,
      quietHours,
      marketingCap,
      weeklyMarketingCap,
      interruptionCap,
      pausedUntil,
      smsFallback,
    } = wanted;
    await tx.run({
      text: `INSERT INTO person_preference (lane, person_id, time_zone, quiet_from, quiet_to, marketing_cap,
          weekly_marketing_cap, interruption_cap, paused_until, sms_fallback)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (lane, person_id) DO UPDATE SET time_zone = excluded.time_zone, quiet_from = excluded.quiet_from,
          quiet_to = excluded.quiet_to, marketing_cap = excluded.marketing_cap,
          weekly_marketing_cap = excluded.weekly_marketing_cap, interruption_cap = excluded.interruption_cap,
          paused_until = excluded.paused_until, sms_fallback = excluded.sms_fallback`,
      values: [
        lane,
        personId,
        timeZone,
        quietHours?.from ?? null,
        quietHours?.to ?? null,
        marketingCap,
        weeklyMarketingCap,
        interruptionCap,
        pausedUntil,
        smsFallback,
      ],
    });
  }
}
