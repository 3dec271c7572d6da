import { offsetAt, QUARTER_MS } from './time-zones.js';

/** A part of every day by the clock on the wall, from–to as `HH:MM`; it goes over midnight where `to` is earlier. */
export interface DailyHours {
  from: string;
  to: string;
}

/** Quiet hours, and every zone in whose time they may be meant: it is quiet when it is in any of them. */
export interface QuietRule {
  hours: DailyHours;
  zones: readonly string[];
}

/** Whether it is quiet, and the first moment at which it no longer is; null: it never ends. */
export type QuietVerdict = { quiet: false } | { quiet: true; until: Date | null };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** What is quiet for so long is quiet every day: clocks that change can close one night's gap, not three. */
const FOR_EVER_MS = 3 * DAY_MINUTES * MINUTE_MS;

/** Whether a text is a time of day: `HH:MM`, 00:00 to 23:59. */
export function isTimeOfDay(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** Judges a moment by several rules at a time: it is quiet while any of them says so. */
export function judgeQuiet(rules: readonly QuietRule[], now: Date): QuietVerdict {
  const begin = now.getTime();
  for (let at = begin; at < begin + FOR_EVER_MS;) {
    const ends = rules.flatMap(({ hours, zones }) => zones.map((zone) => quietUntil(hours, zone, at)));
    const end = Math.max(at, ...ends);
    if (end === at) return at === begin ? { quiet: false } : { quiet: true, until: new Date(at) };
    at = end;
  }
  return { quiet: true, until: null };
}

/** Up to when it stays quiet in a zone at least, or the moment itself where it is not quiet. */
function quietUntil({ from, to }: DailyHours, zone: string, at: number): number {
  const offset = offsetAt(zone, at);
  const minute = ((Math.floor((at + offset) / MINUTE_MS) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  const end = minuteOf(to);
  const isIn = minutesFrom(minuteOf(from), minute) < minutesFrom(minuteOf(from), end);
  if (!isIn) return at;
  const until = Math.floor(at / MINUTE_MS) * MINUTE_MS + minutesFrom(minute, end) * MINUTE_MS;
  // Where the clocks change in between, only as far as is sure: they change on a quarter of an hour.
  if (offsetAt(zone, until) === offset) return until;
  return Math.min(until, (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS);
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Minutes from one time of day to the next time that it is another. */
function minutesFrom(from: number, to: number): number {
  return (to - from + DAY_MINUTES) % DAY_MINUTES;
}
