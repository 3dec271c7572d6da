/** Language, script and region of BCP 47 and nothing else: extensions would choose calendars and digits behind the reviewer's back. */
const TAG = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|\d{3}))?$/;

/** Languages that are written from right to left where the tag names no script of its own. */
const RIGHT_TO_LEFT = new Set([
  'ar',
  'arc',
  'ckb',
  'dv',
  'fa',
  'he',
  'ks',
  'nqo',
  'ps',
  'sd',
  'syr',
  'ug',
  'ur',
  'yi',
]);
const RIGHT_TO_LEFT_SCRIPTS = new Set([
  'Adlm',
  'Arab',
  'Hebr',
  'Mand',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
]);

/** The canonical form of a BCP 47 tag (`PT-br` → `pt-BR`), or undefined where it is none of language, script and region. */
export function readLanguage(tag: string): string | undefined {
  if (tag.length > 35) return undefined;
  try {
    const [canonical = ''] = Intl.getCanonicalLocales(tag);
    return TAG.test(canonical) ? canonical : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The language to answer in: the asked one, else what is left of it from the right (BCP 47 lookup, RFC 4647 3.4:
 * `zh-Hant-TW` → `zh-Hant` → `zh`), else the default.
 */
export function chooseLanguage(asked: string, available: ReadonlySet<string>, byDefault: string): string {
  for (let tag = asked; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    if (available.has(tag)) return tag;
  }
  return byDefault;
}

/** Whether text of this language runs from right to left. */
export function isRightToLeft(language: string): boolean {
  const [base = '', second = ''] = language.split('-');
  return second.length === 4 ? RIGHT_TO_LEFT_SCRIPTS.has(second) : RIGHT_TO_LEFT.has(base);
}
