/** Kinds of numbers, dates and plurals in languages: far more than the languages of a platform have, but by skeletons there is no end of them. */
const KEPT = 1_000;

/**
 * Formats that all texts share. One of dates holds 30 kB outside of the heap (Node 24), and writes a date in twice the time where each of a thousand
 * texts has its own.
 */
const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.PluralRules>();

function shared<Format extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.PluralRules, Options>(
  make: new (language: string, options: Options) => Format,
): (language: string, options: Options) => Format {
  return (language, options) => {
    const key = `${make.name}/${language}/${JSON.stringify(options)}`;
    const kept = formats.get(key) as Format | undefined;
    if (kept) return kept;
    const format = new make(language, options);
    // Texts hold theirs: what is let go of here is only not shared with later ones.
    if (formats.size >= KEPT) formats.clear();
    formats.set(key, format);
    return format;
  };
}

/** @throws RangeError for options that can not be shown */
export const numberFormat = shared<Intl.NumberFormat, Intl.NumberFormatOptions>(Intl.NumberFormat);
/** @throws RangeError for options that can not be shown */
export const dateFormat = shared<Intl.DateTimeFormat, Intl.DateTimeFormatOptions>(Intl.DateTimeFormat);
export const pluralRules = shared<Intl.PluralRules, Intl.PluralRulesOptions>(Intl.PluralRules);
