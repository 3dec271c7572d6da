const HOUR_MS = 3_600_000;

/** Quiet hours that a test person of the night has of their own, whatever the policy says. */
export const NIGHT = { from: '21:00', to: '08:00' } as const;

/**
 * The time zone in which it is this hour now. Zones without summer time, named after POSIX: their signs are the other way
 * round, so Etc/GMT-5 is five hours ahead of UTC.
 */
export function zoneWhereItIs(hour: number, now: Date): string {
  const ahead = (hour - now.getUTCHours() + 24) % 24;
  const offset = ahead > 12 ? ahead - 24 : ahead;
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** The hour at which test persons live: what is not about the night is not in its way for 10 hours. */
export const DAY_HOUR = 10;
/** The hour at which those live for whom it is night: for 9 hours. */
export const NIGHT_HOUR = 22;

/** For so long a test person pauses, and is the pair limit with one used up, from the newest match of their number on. */
export const RENEWED_FOR_MS = 7 * 24 * HOUR_MS;
