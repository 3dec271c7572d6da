import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';

/** What a fuzzer draws from. */
export interface Pool {
  random: () => number;
  /** Ids that it may try, its own and those of others. */
  ids: readonly string[];
  /** How often a text is absurd: one absurd place among sensible ones gets further than many. */
  nasty: number;
}

/** Texts that have broken parsers, databases, logs and spreadsheets. */
const NASTY = [
  '',
  ' ',
  '\0',
  'a\0b',
  'Word\0',
  '\0Word',
  '\ud800',
  'a\ud800b',
  '\udfff\ud800',
  '\u202etxt.exe',
  '\u200b',
  '\ufeff',
  '\r\n',
  '\u2028',
  '\u001b[2J',
  '=1+1',
  "'; --",
  "\\'",
  '\\',
  '%',
  '_',
  '%00',
  '{{x}}',
  '${x}',
  '{x, plural, other {#}}',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-1',
  '1e400',
  '99999999999999999999',
  '../../x',
  'a'.repeat(300),
  '\u0301'.repeat(200),
  '👩‍👩‍👧‍👦'.repeat(20),
  'ﷺ'.repeat(100),
  'İ',
  '٣٤٥',
] as const;
/** What the rules of inputs let through, by the name of the field. */
const SENSIBLE: Record<string, readonly string[]> = {
  category: ['RETAIL'],
  code: ['123456'],
  country: ['DE', 'US', 'XX'],
  defaultLanguage: ['en', 'de'],
  email: ['nobody@example.com'],
  emoji: ['👍', '❤️'],
  from: ['22:00'],
  language: ['en', 'de', 'x-y'],
  name: ['any-service', 'any-marketing', 'welcome', 'text'],
  ownerEmail: ['somebody@example.com'],
  phone: ['+4930123456', '030123456', '+1', '112'],
  publicKey: [Buffer.alloc(32, 9).toString('base64'), Buffer.alloc(32).toString('base64')],
  purpose: ['SERVICE'],
  scopes: ['messages:read', 'contacts:read'],
  search: ['Bu', 'any'],
  sha256: ['a'.repeat(64)],
  text: ['Hello', 'STOP', 'Please stop'],
  timeZone: ['Europe/Berlin', 'Etc/GMT+12', 'Mars/Olympus'],
  to: ['07:00'],
  token: ['ert_x'],
  type: ['image/png', 'text/html'],
  types: ['message.status', 'message.received'],
  url: ['https://example.com/hook', 'https://127.0.0.1/', 'ftp://example.com'],
  website: ['https://example.com', 'http://localhost'],
  wordingHash: ['a'.repeat(64)],
};
/** Kinds of the ids that belong at a place, by the name of the field. */
const KINDS: Record<string, string> = {
  assignee: 'mem',
  business: 'biz',
  contact: 'ctc',
  device: 'dev',
  endpoint: 'whk',
  eventId: 'evt',
  handle: 'biz',
  inReplyTo: 'msg',
  message: 'msg',
  messages: 'msg',
  note: 'nte',
  notices: 'ntc',
  question: 'qst',
  restriction: 'rst',
  review: 'rev',
};
const TIMES = [
  '2030-01-01T00:00:00.000Z',
  '1970-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '0000-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.000Z',
  '2026-02-30T00:00:00Z',
  '2026-11-28',
  'now',
];
const INTS = [0, 1, 2, 20, 100, 101, -1, 2_147_483_647, -2_147_483_648];
const OUT_OF_TYPE = [null, 1.5, 2_147_483_648, true, 'x', [], [[]], {}, { __proto__: null, a: 1 }];
const LONG_LIST = 120;
const DEEPEST = 6;

/** One of several, evenly. */
export function pick<Value>({ random }: Pick<Pool, 'random'>, from: readonly Value[]): Value {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error('There is nothing to pick from');
  return one;
}

/** Whether something that happens so often happens now. */
export const happens = ({ random }: Pick<Pool, 'random'>, share: number) => random() < share;

/** A value of a type, most of them sensible, some absurd. @param wrong how often it is of another type altogether */
export function anyValue(
  pool: Pool,
  type: GraphQLInputType,
  name: string,
  wrong: number,
  depth = 0,
): unknown {
  if (happens(pool, wrong)) return pick(pool, OUT_OF_TYPE);
  if (isNonNullType(type)) return anyValue(pool, type.ofType, name, wrong, depth);
  if (isListType(type)) return list(pool, type.ofType, name, wrong, depth);
  if (isEnumType(type)) return pick(pool, type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const given = type.isOneOf
      ? [pick(pool, fields)]
      : fields.filter((field) => isRequiredInputField(field) || (depth < DEEPEST && happens(pool, 0.5)));
    return Object.fromEntries(
      given.map((field) => [field.name, anyValue(pool, field.type, field.name, wrong, depth + 1)]),
    );
  }
  return scalar(pool, type.name, name);
}

function list(pool: Pool, of: GraphQLInputType, name: string, wrong: number, depth: number): unknown[] {
  const length = happens(pool, 0.02) ? LONG_LIST : Math.floor(pool.random() * 4);
  return Array.from({ length: depth > DEEPEST ? 0 : length }, () =>
    anyValue(pool, of, name, wrong, depth + 1),
  );
}

function scalar(pool: Pool, type: string, name: string): unknown {
  switch (type) {
    case 'Boolean':
      return happens(pool, 0.5);
    case 'Float':
      return pick(pool, [...INTS, 0.5, 1e308, -0]);
    case 'Int':
      return pick(pool, INTS);
    case 'DateTime':
      return pick(pool, TIMES);
    case 'ID':
      return id(pool, name);
    default:
      return text(pool, name);
  }
}

function id(pool: Pool, name: string): string {
  const fitting = pool.ids.filter((each) => each.startsWith(KINDS[name] ?? ''));
  const one = pick(pool, happens(pool, 0.8) && fitting.length > 0 ? fitting : pool.ids);
  return happens(pool, pool.nasty) ? broken(pool, one) : one;
}

function text(pool: Pool, name: string): string {
  const whole = pick(pool, NASTY);
  if (happens(pool, pool.nasty)) return happens(pool, 0.6) ? whole : broken(pool, whole + pick(pool, NASTY));
  if (name === 'idempotencyKey') return `fuzz-${Math.floor(pool.random() * 1e6)}`;
  if (name === 'after') return Buffer.from(whole).toString('base64url');
  return pick(pool, SENSIBLE[name] ?? ['Word', 'Wörter 2']);
}

/** A text with one place changed, cut or doubled. */
export function broken(pool: Pool, whole: string): string {
  const at = Math.floor(pool.random() * (whole.length + 1));
  const rest = whole.slice(at + Math.floor(pool.random() * 3));
  return whole.slice(0, at) + pick(pool, ['', 'x', '\u0000', '"', '{', '}', '0', 'ß', '_']) + rest;
}
