import { isOneLine } from '@assent/platform';
import { z } from 'zod';
import { ImportEvidence, ImportPurpose } from '@assent/consent';
import { parsePhone } from '@assent/people';
import { externalIdSchema } from './match-input.js';

/** Most opt-ins of one call. */
export const MOST_OPT_INS = 10_000;

const TEXT_RULE = 'must have 1 to 255 characters, none of them a control character';
const REFERENCE_RULE = `${TEXT_RULE}, and be no phone number`;
const CONTACT_RULE = 'must name a contact either by its id or by your own id of it';
const PURPOSE_RULE =
  'must be AUTHENTICATION, SERVICE, MARKETING, ADS or ANALYTICS; to MATCHING only the person opts in';
const KIND_RULE = `must be one of ${Object.keys(ImportEvidence).join(', ')}`;
const HASH_RULE = 'must be the SHA-256 of the wording that the person agreed to: 64 hex digits';
const GIVEN_RULE = 'must be a time from 1970 on, with its zone';
const SIZE_RULE = `must hold 1 to ${MOST_OPT_INS} items`;

const text = (rule: string) => z.string(rule).min(1, rule).max(255, rule).refine(isOneLine, rule);

/** Rule of one opt-in that a business brings in. */
export const optInSchema = z.object({
  correlationId: text(TEXT_RULE),
  contact: z
    .object({ id: z.string().max(60, CONTACT_RULE).nullish(), externalId: externalIdSchema.nullish() })
    .refine(
      ({ id, externalId }) => (typeof id === 'string') !== (typeof externalId === 'string'),
      CONTACT_RULE,
    ),
  purpose: z.enum(ImportPurpose, PURPOSE_RULE),
  givenAt: z.date(GIVEN_RULE).refine((time) => time.getTime() >= 0, GIVEN_RULE),
  evidence: z.object({
    kind: z.enum(ImportEvidence, KIND_RULE),
    wordingHash: z
      .string(HASH_RULE)
      .regex(/^[0-9a-fA-F]{64}$/, HASH_RULE)
      .transform((hex) => hex.toLowerCase()),
    reference: text(REFERENCE_RULE)
      .refine((value) => parsePhone(value) === undefined, REFERENCE_RULE)
      .nullish(),
  }),
});

/** Rule of a whole call, but for its items. */
export const itemsSchema = z.array(z.unknown()).min(1, SIZE_RULE).max(MOST_OPT_INS, SIZE_RULE);

/** An opt-in as a business writes it. */
export type OptInInput = z.input<typeof optInSchema>;
/** An opt-in that keeps the rules. */
export type CheckedOptIn = z.output<typeof optInSchema>;
