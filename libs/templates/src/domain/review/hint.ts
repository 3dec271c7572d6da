import { isWithin } from '../parameters.js';
import type { MessagePurpose, TemplateContent } from '../template.js';
import { fromPunycode, resemblance } from './domains.js';
import { BAIT, BRANDS, SELLING, SHORTENERS, URGENCY } from './words.js';

/** What kind of thing makes a template worth a closer look. */
export const HintKind = {
  URGENCY: 'URGENCY',
  BAIT: 'BAIT',
  SHORTENER: 'SHORTENER',
  LOOK_ALIKE: 'LOOK_ALIKE',
  FOREIGN_DOMAIN: 'FOREIGN_DOMAIN',
  PUNYCODE: 'PUNYCODE',
  BRAND: 'BRAND',
  CATEGORY: 'CATEGORY',
} as const;
export type HintKind = keyof typeof HintKind;

/** One ground of a hint, with what was found. */
export interface HintGround {
  kind: HintKind;
  found: string;
  /** What it adds to the score. */
  weight: number;
}

/** What a reviewer may want to look at. It decides nothing. */
export interface ReviewHint {
  /** 0 (nothing was found) to 100. */
  score: number;
  grounds: HintGround[];
}

/** Who wrote the template, as far as the operator has verified it. */
export interface KnownBusiness {
  displayName: string;
  legalName: string | null;
  /** Host of the website whose domain it proved; null where it has proved none. */
  hostname: string | null;
}

const WEIGHTS: Readonly<Record<HintKind, number>> = {
  LOOK_ALIKE: 60,
  SHORTENER: 40,
  BRAND: 30,
  PUNYCODE: 25,
  CATEGORY: 20,
  BAIT: 20,
  URGENCY: 15,
  FOREIGN_DOMAIN: 10,
};
/** More of one kind says little more. */
const MOST_OF_A_KIND = 3;
const HOST =
  /(?<![\p{L}\p{N}@.-])(?:https?:\/\/)?((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,24})(?![\p{L}\p{N}@-])/giu;

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** A reviewer's hint on content: every ground that was found, and their weights summed up to 100. */
export function reviewHint(
  purpose: MessagePurpose,
  content: TemplateContent,
  business: KnownBusiness,
): ReviewHint {
  const text = content.texts.map(({ body }) => body).join('\n');
  const grounds = [
    ...phrases('URGENCY', text, URGENCY),
    ...phrases('BAIT', text, BAIT),
    ...hostsOf(content).flatMap((host) => groundsOfHost(host, business)),
    ...brandClaims(text, business),
    ...categoryHint(purpose, content),
  ];
  const score = Math.min(
    100,
    grounds.reduce((sum, { weight }) => sum + weight, 0),
  );
  return { score, grounds: grounds.sort((one, other) => other.weight - one.weight) };
}

/** What makes a template that is not for MARKETING read as if it were; nothing where it does not. */
export function categoryHint(purpose: MessagePurpose, { texts }: TemplateContent): HintGround[] {
  if (purpose === 'MARKETING') return [];
  return phrases('CATEGORY', texts.map(({ body }) => body).join('\n'), SELLING);
}

/** Every host that the content leads to: declared for a URL, or written in a body. */
export function hostsOf({ texts, parameters }: TemplateContent): string[] {
  const declared = parameters.flatMap(({ domain }) => domain ?? []);
  const written = texts.flatMap(({ body }) => [...body.matchAll(HOST)].map(([, host = '']) => asHost(host)));
  return [...new Set([...declared, ...written])];
}

/** Whether a reviewer's hint has a shortener or a look-alike domain for a ground. */
export function hidesWhereItLeads(content: TemplateContent, business: KnownBusiness): boolean {
  const grounds = hostsOf(content).flatMap((host) => groundsOfHost(host, business));
  return grounds.some(({ kind }) => kind === 'SHORTENER' || kind === 'LOOK_ALIKE');
}

function asHost(written: string): string {
  return URL.canParse(`https://${written}`) ? new URL(`https://${written}`).hostname : written.toLowerCase();
}

function groundsOfHost(host: string, { hostname }: KnownBusiness): HintGround[] {
  const own = hostname?.replace(/^www\./, '') ?? null;
  if (own && isWithin(host, own)) return [];
  const bare = host.replace(/^www\./, '');
  if (SHORTENERS.has(bare)) return [ground('SHORTENER', `${bare} hides where it leads`)];
  const genuine = [...(own ? [own] : []), ...BRANDS.flatMap(({ domains }) => domains)];
  const isBrand = BRANDS.some(({ domains }) => domains.some((domain) => isWithin(host, domain)));
  const alike = isBrand ? undefined : genuine.map((domain) => resemblance(host, domain)).find(Boolean);
  return [
    ...(alike ? [ground('LOOK_ALIKE', alike)] : []),
    ...(host.includes('xn--') ? [ground('PUNYCODE', `${host} is shown as ${fromPunycode(host)}`)] : []),
    ...(alike ? [] : [ground('FOREIGN_DOMAIN', `${host} is not the domain that the business proved`)]),
  ];
}

/** Short names are words as well (`ups`), so they count only as the brand writes them. */
const SHORT_NAME = 5;

function brandClaims(text: string, { displayName, legalName, hostname }: KnownBusiness): HintGround[] {
  const own = `${displayName} ${legalName ?? ''}`.toLowerCase();
  return BRANDS.filter(({ name, domains }) => {
    const isOwn =
      containsPhrase(own, name.toLowerCase()) ||
      domains.some((domain) => hostname && isWithin(hostname, domain));
    if (isOwn) return false;
    return name.length <= SHORT_NAME
      ? containsPhrase(text, name)
      : containsPhrase(text.toLowerCase(), name.toLowerCase());
  })
    .slice(0, MOST_OF_A_KIND)
    .map(({ name }) => ground('BRAND', `${name} is named, and is not this business`));
}

function phrases(kind: HintKind, text: string, list: readonly string[]): HintGround[] {
  const small = text.toLowerCase();
  return list
    .filter((phrase) => containsPhrase(small, phrase))
    .slice(0, MOST_OF_A_KIND)
    .map((phrase) => ground(kind, phrase));
}

/** Whether a phrase stands in a text as words of its own; in scripts that do not part words, at all. */
function containsPhrase(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (!/[\p{Script=Latin}%]/u.test(phrase)) return true;
    const before = text.slice(Math.max(0, at - 1), at);
    const after = text.slice(at + phrase.length, at + phrase.length + 1);
    if (!LETTER_OR_DIGIT.test(before) && !LETTER_OR_DIGIT.test(after)) return true;
  }
  return false;
}

function ground(kind: HintKind, found: string): HintGround {
  return { kind, found, weight: WEIGHTS[kind] };
}
