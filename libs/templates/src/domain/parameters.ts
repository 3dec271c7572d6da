import { cleanLine, hasAtMost } from './clean-text.js';

/** What kind of value a parameter takes. */
export const ParameterType = {
  TEXT: 'TEXT',
  NUMBER: 'NUMBER',
  DATE: 'DATE',
  MONEY: 'MONEY',
  URL: 'URL',
} as const;
export type ParameterType = keyof typeof ParameterType;

/** One parameter of a version. */
export interface Parameter {
  name: string;
  type: ParameterType;
  /** Where a URL must lead: this host or one below it. Null for other types. */
  domain: string | null;
  /** A value as a reviewer will see it; valid like any other. */
  example: string;
}

/** A value as it was written, by the name of its parameter. */
export interface WrittenValue {
  name: string;
  value: string;
}

/** A value that fits its parameter. */
export type Value =
  | { type: 'TEXT'; text: string }
  | { type: 'NUMBER'; number: number }
  | { type: 'DATE'; at: Date; timed: boolean }
  | { type: 'MONEY'; amount: Intl.StringNumericLiteral; currency: string }
  | { type: 'URL'; href: string };

/** Most characters of a text parameter. */
export const MOST_TEXT = 1_024;
const MOST_URL = 2_000;
const NAME = /^[a-z][a-zA-Z0-9_]{0,39}$/;
const NUMBER = /^-?\d{1,12}(?:\.\d{1,6})?$/;
const MONEY = /^(-?\d{1,12}(?:\.(\d{1,3}))?) ([A-Z]{3})$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?$/;
/** What programs turn into a link by themselves: it would lead wherever the value says, past the declared domain. */
const LINK =
  /:\/\/|\bwww\.|(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}[/?#][^\s]|\b(?:mailto|tel|sms|javascript|data):\S/iu;
const CURRENCIES = new Map(
  Intl.supportedValuesOf('currency').map((currency) => [
    currency,
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2,
  ]),
);

/** Whether a text can name a parameter. */
export function isParameterName(name: string): boolean {
  return NAME.test(name);
}

/** A domain as URLs have it: ASCII (IDNA), in small letters, of two labels or more; undefined where it is none. */
export function readDomain(text: string): string | undefined {
  const written = text.trim().replace(/\.$/, '');
  if (written.length > 253 || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(written)) return undefined;
  const address = `https://${written}/`;
  if (!URL.canParse(address)) return undefined;
  const { hostname } = new URL(address);
  return /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9-]{2,63}$/.test(hostname)
    ? hostname
    : undefined;
}

/** Whether a host is a domain or lies below it. */
export function isWithin(hostname: string, domain: string): boolean {
  return hostname === domain || hostname.endsWith(`.${domain}`);
}

/** A value of a parameter from what was written, or the rule that it breaks. */
export function readValue({ type, domain }: Parameter, written: string): Value | { rule: string } {
  switch (type) {
    case 'TEXT':
      return readText(written);
    case 'NUMBER':
      return NUMBER.test(written)
        ? { type, number: Number(written) }
        : { rule: 'must be a number such as 3 or -12.5, of at most 12 digits and 6 behind the point' };
    case 'DATE':
      return readDate(written);
    case 'MONEY':
      return readMoney(written);
    case 'URL':
      return readUrl(written, domain ?? '');
  }
}

function readText(written: string): Value | { rule: string } {
  // Two halves a character at most: what is longer is not worth cleaning.
  const text = written.length > 2 * MOST_TEXT ? written : cleanLine(written);
  if (text.length === 0 || !hasAtMost(text, MOST_TEXT)) {
    return { rule: `must have 1 to ${MOST_TEXT} visible characters` };
  }
  if (LINK.test(text)) return { rule: 'must have no link in it: links go into parameters of type URL' };
  return { type: 'TEXT', text };
}

function readDate(written: string): Value | { rule: string } {
  const [, year, month, day, hour, minute] = DATE.exec(written) ?? [];
  if (year && month && day) {
    const at = new Date(
      Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0)),
    );
    const same = at.toISOString().startsWith(hour ? written : `${written}T00:00`);
    if (same && Number(year) >= 1900) return { type: 'DATE', at, timed: hour !== undefined };
  }
  return { rule: 'must be a date such as 2026-11-28, or with a time of day, 2026-11-28T14:30' };
}

function readMoney(written: string): Value | { rule: string } {
  const [, amount, fraction = '', currency = ''] = MONEY.exec(written) ?? [];
  const digits = CURRENCIES.get(currency);
  return amount && digits !== undefined && fraction.length <= digits
    ? { type: 'MONEY', amount: amount as Intl.StringNumericLiteral, currency }
    : { rule: 'must be an amount and a currency (ISO 4217), such as 12.50 EUR' };
}

function readUrl(written: string, domain: string): Value | { rule: string } {
  const rule = `must be an https:// address on ${domain}, without user name and port, of at most ${MOST_URL} characters`;
  if (written.length > MOST_URL || !URL.canParse(written)) return { rule };
  const url = new URL(written);
  const plain = url.protocol === 'https:' && !url.username && !url.password && !url.port;
  // What is shown is what the parser made of it: everything that is not plain ASCII is escaped, so it reads as it leads.
  return plain && isWithin(url.hostname, domain) && url.href.length <= MOST_URL
    ? { type: 'URL', href: url.href }
    : { rule };
}
