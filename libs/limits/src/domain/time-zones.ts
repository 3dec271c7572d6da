/** Offsets change on quarters of an hour only, in every zone of the IANA database since 1972. */
export const QUARTER_MS = 15 * 60_000;

/** Regions with phone numbers that CLDR lists no zones for: Ascension, Tristan da Cunha, Kosovo. */
const UNLISTED: Readonly<Record<string, readonly string[]>> = {
  AC: ['Atlantic/St_Helena'],
  TA: ['Atlantic/St_Helena'],
  XK: ['Europe/Belgrade'],
};

/** What is kept of what can always be computed again: zones' clocks, offsets of zones, zones of countries. */
const MOST_KEPT = 10_000;
const clocks = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
const countries = new Map<string, readonly string[]>();

/** Whether this is the name of a time zone of the IANA database, such as `Europe/Berlin`; offsets are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]{0,59}$/.test(name)) return false;
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The time zones of a country (ISO 3166-1 alpha-2), by CLDR; none where it, or they, are not known. */
export function zonesOfCountry(country: string | null): readonly string[] {
  return kept(countries, country ?? '', () => {
    return country === null ? [] : (UNLISTED[country] ?? zonesByCldr(country));
  });
}

/** How far the clocks of a zone are ahead of UTC at a time, in milliseconds. @throws RangeError for no zone */
export function offsetAt(zone: string, at: number): number {
  const quarter = Math.floor(at / QUARTER_MS);
  return kept(offsets, `${zone} ${quarter}`, () => {
    const name = clockOf(zone)
      .formatToParts(quarter * QUARTER_MS)
      .find(({ type }) => type === 'timeZoneName')?.value;
    const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  });
}

function zonesByCldr(country: string): readonly string[] {
  return /^[A-Z]{2}$/.test(country) ? (new Intl.Locale(`und-${country}`).getTimeZones() ?? []) : [];
}

function clockOf(zone: string): Intl.DateTimeFormat {
  return kept(
    clocks,
    zone,
    () => new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }),
  );
}

function kept<Value>(memory: Map<string, Value>, key: string, compute: () => Value): Value {
  const known = memory.get(key);
  if (known !== undefined) return known;
  if (memory.size >= MOST_KEPT) memory.clear();
  const value = compute();
  memory.set(key, value);
  return value;
}
