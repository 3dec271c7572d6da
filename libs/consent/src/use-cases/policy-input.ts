import { isOneLine } from '@assent/platform';
import { z } from 'zod';
import { isCountry } from '@assent/people';
import { ImportEvidence } from '../domain/evidence.js';
import { Basis, EVERY_OTHER, type PolicyRows } from '../domain/policy.js';
import { type Purpose, PURPOSES } from '../domain/purpose.js';

/** Most rows for a country of its own: more than there are countries. */
const MOST_COUNTRIES = 250;
const MOST_DAYS = 3_650;
const ROWS_RULE = `must have the row * and at most ${MOST_COUNTRIES} countries, each once`;
const COUNTRY_RULE = 'must be an ISO 3166-1 alpha-2 code, for example DE, or * for every other country';
const PURPOSES_RULE = 'must have 1 to 6 purposes, each once, and all of them in the row *';
const DAYS_RULE = `must be a whole number of days, 1 to ${MOST_DAYS}, or null, and null where no opt-in is needed`;
const EVIDENCE_RULE =
  'must name each kind at most once, and none for MATCHING: nobody but the person opts in to that';
const HOUR_RULE = "must be a time of day, '00:00' to '23:59'";
const QUIET_RULE = 'must begin and end at different times, and is for SERVICE and MARKETING only';
const NOTE_RULE = 'must have 1 to 1,000 characters, none of them a control character';
const VERSION_RULE = 'must be the number of a version';

/** Rule of the number of a version. */
export const versionSchema = z.int(VERSION_RULE).min(1, VERSION_RULE).max(2_147_483_646, VERSION_RULE);

/** The purposes of messages that can wait; a code that somebody asked for can not. */
const CAN_WAIT: readonly Purpose[] = ['SERVICE', 'MARKETING'];

const hourSchema = z.string(HOUR_RULE).regex(/^([01]\d|2[0-3]):[0-5]\d$/, HOUR_RULE);

const purposeSchema = z
  .object({
    purpose: z.enum(PURPOSES),
    basis: z.enum(Basis),
    validDays: z.int(DAYS_RULE).min(1, DAYS_RULE).max(MOST_DAYS, DAYS_RULE).nullish(),
    evidence: z
      .array(z.enum(ImportEvidence))
      .refine(areUnique, EVIDENCE_RULE)
      .nullish()
      .transform((kinds) => kinds ?? []),
    quietHours: z
      .object({ from: hourSchema, to: hourSchema })
      .refine(({ from, to }) => from !== to, QUIET_RULE)
      .nullish()
      .transform((hours) => hours ?? null),
  })
  .refine(({ purpose, evidence }) => purpose !== 'MATCHING' || evidence.length === 0, {
    message: EVIDENCE_RULE,
    path: ['evidence'],
  })
  .refine(({ purpose, quietHours }) => !quietHours || CAN_WAIT.includes(purpose), {
    message: QUIET_RULE,
    path: ['quietHours'],
  })
  .refine(({ basis, validDays }) => basis === 'OPT_IN' || !validDays, {
    message: DAYS_RULE,
    path: ['validDays'],
  });

const rowSchema = z
  .object({
    country: z.string().refine((text) => text === EVERY_OTHER || isCountry(text), COUNTRY_RULE),
    purposes: z
      .array(purposeSchema)
      .min(1, PURPOSES_RULE)
      .max(PURPOSES.length, PURPOSES_RULE)
      .refine((rules) => areUnique(rules.map(({ purpose }) => purpose)), PURPOSES_RULE),
  })
  .refine(({ country, purposes }) => country !== EVERY_OTHER || purposes.length === PURPOSES.length, {
    message: PURPOSES_RULE,
    path: ['purposes'],
  });

/** Rule of the input of `publishConsentPolicy`, but for the time, which the database's clock judges. */
export const policySchema = z.object({
  replaces: versionSchema,
  effectiveAt: z.date().nullish(),
  note: z.string().trim().min(1, NOTE_RULE).max(1_000, NOTE_RULE).refine(isOneLine, NOTE_RULE),
  rows: z
    .array(rowSchema)
    .max(MOST_COUNTRIES + 1, ROWS_RULE)
    .refine((rows) => rows.some(({ country }) => country === EVERY_OTHER), ROWS_RULE)
    .refine((rows) => areUnique(rows.map(({ country }) => country)), ROWS_RULE),
});

/** What an admin hands to `publishConsentPolicy`. */
export type PolicyInput = z.input<typeof policySchema>;

/** The rows of an input as a version keeps them. */
export function toRows(rows: z.output<typeof policySchema>['rows']): PolicyRows {
  return Object.fromEntries(
    rows.map(({ country, purposes }) => [
      country,
      Object.fromEntries(
        purposes.map(({ purpose, validDays, ...rule }) => [
          purpose,
          { ...rule, validDays: validDays ?? null },
        ]),
      ),
    ]),
  );
}

function areUnique(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}
