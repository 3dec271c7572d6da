import { isOneLine } from '@assent/platform';
import { z } from 'zod';
import { isCountry, MOST_PHONE_CHARACTERS } from '@assent/people';

/** Most customers of one call. */
export const MOST_CUSTOMERS = 10_000;

/** Most test numbers of one call: the people behind them are made before it is answered. */
export const MOST_TEST_NUMBERS = 100;

const MOST_EXTERNAL_ID_CHARACTERS = 255;
const EXTERNAL_ID_RULE = `must have 1 to ${MOST_EXTERNAL_ID_CHARACTERS} characters, none of them a control character`;
const COUNTRY_RULE = 'must be an ISO 3166-1 alpha-2 code, for example DE';

const country = z.string(COUNTRY_RULE).refine(isCountry, COUNTRY_RULE).nullish();

/** Rule of a business's own name for a customer. */
export const externalIdSchema = z
  .string(EXTERNAL_ID_RULE)
  .min(1, EXTERNAL_ID_RULE)
  .max(MOST_EXTERNAL_ID_CHARACTERS, EXTERNAL_ID_RULE)
  .refine(isOneLine, EXTERNAL_ID_RULE);

/** Rule of the input of `matchContacts`. A text that is no number is no fault: it gets its own answer. */
export const matchSchema = z.object({
  customers: z
    .array(
      z.object({
        externalId: externalIdSchema,
        phone: z
          .string('must be a text')
          .max(MOST_PHONE_CHARACTERS, `must have at most ${MOST_PHONE_CHARACTERS} characters`),
        country,
      }),
    )
    .min(1, `must have 1 to ${MOST_CUSTOMERS} customers`)
    .max(MOST_CUSTOMERS, `must have 1 to ${MOST_CUSTOMERS} customers`),
  country,
});

/** What a business asks `matchContacts`. */
export type MatchInput = z.input<typeof matchSchema>;
