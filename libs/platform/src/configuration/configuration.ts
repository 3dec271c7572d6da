import { resolve } from 'node:path';
import { z } from 'zod';
import { CARRIER_NEEDS, CARRIER_SETTINGS } from './carrier-settings.js';
import { LIMIT_SETTINGS } from './limit-settings.js';
import { OPERATION_SETTINGS } from './operation-settings.js';
import { MEDIA_NEEDS, MEDIA_SETTINGS } from './media-settings.js';
import { REQUEST_SETTINGS } from './request-settings.js';
import { setting, WEBHOOK_SECRET, whole, withoutEndingSlashes } from './setting.js';
import { faultOfTokenKeys, SIGN_ON_NEEDS, SIGN_ON_SETTINGS } from './sign-on-settings.js';
import { TRACE_SETTINGS } from './trace-settings.js';

/** A setting that is wrong: one line for each, naming the variable, the rule and an example. */
export class ConfigurationError extends Error {
  constructor(readonly problems: string[]) {
    super(`Assent can not start with this configuration:\n${problems.map((line) => `  ${line}`).join('\n')}`);
  }
}

const flag = (byDefault: boolean) =>
  z
    .enum(['true', 'false'])
    .default(byDefault ? 'true' : 'false')
    .transform((value) => value === 'true');
const url = (...schemes: string[]) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol))
    .optional();
const CARRIER_SECRET = new RegExp(`^[a-z][a-z0-9-]{0,39}:${WEBHOOK_SECRET.source}`);
/** Not set, or a list of which nothing is. */
const isMissing = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);
function byName(entries: readonly string[]): Map<string, string[]> {
  const named = new Map<string, string[]>();
  for (const entry of entries) {
    const [name = '', secret = ''] = entry.split(':');
    named.set(name, [...(named.get(name) ?? []), secret]);
  }
  return named;
}
function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password && !/[?#\s]/.test(text);
}

const SETTINGS = {
  NODE_ENV: setting(
    'is production, development or test',
    'production',
    z.enum(['production', 'development', 'test']).default('development'),
  ),
  HOST: setting('is an address to listen on', '127.0.0.1', z.string().min(1).max(255).default('127.0.0.1')),
  PORT: setting('is a whole number from 0 to 65535; 0 takes any free port', '4000', whole(0, 65535, 4000)),
  PUBLIC_URL: setting(
    'is the URL at which people and carriers reach this platform, without query and fragment; links in messages lead there',
    'https://assent.example.com',
    z.string().max(500).refine(isPublicUrl).transform(withoutEndingSlashes).optional(),
  ),
  CARRIER_SECRETS: setting(
    'is a list of name:secret for the carriers that hand in what people answer; a name has up to 40 small letters, digits and dashes, a secret is whsec_ and 24 to 64 bytes in base64; a name that stands twice has two secrets',
    'sms:whsec_nP1iqpbmjXg0lYcpnaX+5NmqINEJZjB+1SGdXL9w0aY=',
    z
      .string()
      .max(10_000)
      .default('')
      .transform((list) => list.split(',').flatMap((entry) => entry.trim() || []))
      .refine((entries) => entries.every((entry) => CARRIER_SECRET.test(entry)))
      .transform((entries) => byName(entries)),
  ),
  DATA_DIRECTORY: setting(
    'is a folder for what the embedded platform keeps',
    '.assent',
    z
      .string()
      .min(1)
      .default('.assent')
      .transform((path) => resolve(path)),
  ),
  DATABASE_URL: setting(
    'is the URL of a PostgreSQL 15 or newer; without it the platform brings its own',
    'postgresql://assent:secret@db.example.com/assent',
    url('postgres:', 'postgresql:'),
  ),
  MIGRATION_DATABASE_URL: setting(
    'is the URL that migrations use, when they should run as another role',
    'postgresql://assent_owner:secret@db.example.com/assent',
    url('postgres:', 'postgresql:'),
  ),
  DATABASE_POOL_SIZE: setting('is a whole number from 2 to 200', '16', whole(2, 200, 16)),
  DATABASE_PREPARED: setting(
    'is true or false; false behind a transaction pooler that can not keep prepared statements',
    'true',
    flag(true),
  ),
  DATABASE_LISTEN: setting(
    'is true or false; false behind a transaction pooler: wake-ups then come from polling alone',
    'true',
    flag(true),
  ),
  DATABASE_DIRECT_URL: setting(
    'is the URL of the same database past a pooler in transaction mode: where processes wake each other',
    'postgresql://assent:secret@db.example.com:5432/assent',
    url('postgres:', 'postgresql:'),
  ),
  ASSENT_KEYS: setting(
    'is a list of version:key, each key 32 bytes in base64; the highest version is used for what is written',
    '1:nP1iqpbmjXg0lYcpnaX+5NmqINEJZjB+1SGdXL9w0aY=',
    z.string().max(4096).optional(),
  ),
  SMTP_URL: setting(
    'is the URL of a mail server; without it sign-in codes go to the console',
    'smtp://user:secret@mail.example.com:587',
    url('smtp:', 'smtps:'),
  ),
  MAIL_FROM: setting(
    'is the sender of sign-in codes',
    'Assent <no-reply@example.com>',
    z.string().min(3).max(320).default('Assent <no-reply@assent.invalid>'),
  ),
  DNS_SERVERS: setting(
    'is a list of DNS servers for domain verification; without it the system decides',
    '9.9.9.9,1.1.1.1',
    z
      .string()
      .max(500)
      .transform((list) => list.split(',').map((server) => server.trim()))
      .optional(),
  ),
  ALLOW_PRIVATE_WEBSITES: setting(
    'is true or false; true lets businesses prove websites on private addresses and over http, for trials',
    'false',
    z.enum(['true', 'false']).optional(),
  ),
  ALLOW_PRIVATE_WEBHOOKS: setting(
    'is true or false; true lets businesses have webhooks on private addresses and over http, for trials',
    'false',
    z.enum(['true', 'false']).optional(),
  ),
  STOP_REVIEW_BUSINESS_DAYS: setting(
    'is how many business days a stop in free words may wait for its review, from 1 to 30',
    '10',
    whole(1, 30, 10),
  ),
  POSSESSION_DAYS: setting(
    "is after how many days without a proof a number counts as somebody else's, from 1 to 3650",
    '90',
    whole(1, 3_650, 90),
  ),
  CONSENT_IMPORT_MOST_BYTES: setting(
    'is the size of the largest file of opt-ins that a business may upload, in bytes, from 1024 to 10737418240',
    '536870912',
    whole(1_024, 10 * 1_024 ** 3, 512 * 1_024 ** 2),
  ),
  CONSENT_LOG_ORIGIN: setting(
    'is the name under which the consent log is signed, for good: letters, digits, dots, dashes, underscores, colons and slashes, at most 200',
    'example.com/consent-log',
    z
      .string()
      .regex(/^[\w.:/-]{1,200}$/)
      .default('assent.invalid/consent-log'),
  ),
  LEDGER_CHECK_HOURS: setting(
    'is how many hours lie between two double checks of the consent ledger, from 1 to 720',
    '24',
    whole(1, 720, 24),
  ),
  LEDGER_CHECK_SAMPLE: setting(
    'is how many people the double check of the consent ledger draws at random, from 1 to 1000000',
    '1000',
    whole(1, 1_000_000, 1_000),
  ),
  ...CARRIER_SETTINGS,
  ...LIMIT_SETTINGS,
  ...MEDIA_SETTINGS,
  ...REQUEST_SETTINGS,
  ...OPERATION_SETTINGS,
  ...SIGN_ON_SETTINGS,
  ...TRACE_SETTINGS,
  INTROSPECTION: setting(
    'is true or false; by default true except in production',
    'false',
    z.enum(['true', 'false']).optional(),
  ),
  LOG_LEVEL: setting(
    'is silent, error, warn, info or debug',
    'info',
    z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  ),
} as const;

type Settings = { [Name in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[Name]['schema']> };

/** The platform's settings, checked once at start. */
export class Configuration {
  readonly production: boolean;
  readonly introspection: boolean;
  readonly allowPrivateWebsites: boolean;
  /** Whether admins need a second factor. */
  readonly adminSecondFactor: boolean;
  /** Units of cost a minute for an address from which nobody is signed in. */
  readonly addressUnits: number;
  readonly allowPrivateWebhooks: boolean;
  readonly allowPrivateProviders: boolean;
  /** Where people and carriers reach this platform; without a slash at its end. */
  readonly publicUrl: string;

  constructor(readonly settings: Settings) {
    this.production = settings.NODE_ENV === 'production';
    this.introspection = settings.INTROSPECTION ? settings.INTROSPECTION === 'true' : !this.production;
    this.allowPrivateWebsites = settings.ALLOW_PRIVATE_WEBSITES
      ? settings.ALLOW_PRIVATE_WEBSITES === 'true'
      : !this.production;
    this.allowPrivateWebhooks = settings.ALLOW_PRIVATE_WEBHOOKS
      ? settings.ALLOW_PRIVATE_WEBHOOKS === 'true'
      : !this.production;
    this.allowPrivateProviders = settings.ALLOW_PRIVATE_IDENTITY_PROVIDERS
      ? settings.ALLOW_PRIVATE_IDENTITY_PROVIDERS === 'true'
      : !this.production;
    this.addressUnits = settings.REQUEST_UNITS_ADDRESS ?? (this.production ? 3_000 : 1_000_000);
    this.adminSecondFactor = settings.ADMIN_SECOND_FACTOR
      ? settings.ADMIN_SECOND_FACTOR === 'required'
      : this.production;
    const host = settings.HOST.includes(':') ? `[${settings.HOST}]` : settings.HOST;
    this.publicUrl = settings.PUBLIC_URL ?? `http://${host}:${settings.PORT}`;
  }

  /** @throws ConfigurationError that lists every wrong or missing variable. */
  static parse(environment: Record<string, string | undefined>): Configuration {
    const problems: string[] = [];
    const settings: Record<string, unknown> = {};
    for (const [name, { rule, example, schema }] of Object.entries(SETTINGS)) {
      const given = environment[name] === '' ? undefined : environment[name];
      const result = schema.safeParse(given);
      if (result.success) settings[name] = result.data;
      else problems.push(`${name} ${rule}, for example ${name}=${example}`);
    }
    if (settings['NODE_ENV'] === 'production') {
      for (const name of ['DATABASE_URL', 'ASSENT_KEYS', 'PUBLIC_URL'] as const) {
        if (settings[name] === undefined && !problems.some((problem) => problem.startsWith(`${name} `))) {
          const { rule, example } = SETTINGS[name];
          problems.push(
            `${name} is missing, and production needs it: it ${rule}, for example ${name}=${example}`,
          );
        }
      }
    }
    for (const [name, needed] of [...CARRIER_NEEDS, ...MEDIA_NEEDS, ...SIGN_ON_NEEDS]) {
      if (settings[name] === undefined || !isMissing(settings[needed])) continue;
      const { rule, example } = SETTINGS[needed];
      problems.push(
        `${needed} is missing, and ${name} needs it: it ${rule}, for example ${needed}=${example}`,
      );
    }
    if (settings['SMPP_URL'] && settings['SMS_GATEWAY_URL']) {
      problems.push('SMPP_URL and SMS_GATEWAY_URL are both set: text messages go by one of them');
    }
    const keysFault = faultOfTokenKeys(settings);
    if (keysFault) problems.push(keysFault);
    if (problems.length > 0) throw new ConfigurationError(problems);
    return new Configuration(settings as Settings);
  }
}
