import { z } from 'zod';
import { isCountry, MOST_PHONE_CHARACTERS, parsePhone, type PhoneNumber } from '../domain/phone-number.js';
import { testNumberEnding } from '../domain/test-number.js';

/** A number as a person writes it, with the country that a national form belongs to. */
export interface PhoneInput {
  phone: string;
  country?: string | null;
}

const fields = {
  phone: z.string().max(MOST_PHONE_CHARACTERS, `must have at most ${MOST_PHONE_CHARACTERS} characters`),
  country: z
    .string()
    .refine(isCountry, 'must be a country code of two letters (ISO 3166-1), for example DE')
    .nullish(),
};

/** Rule of `requestPhoneCode`: the number that the input stands for. */
export const phoneSchema = z.object(fields).transform(numberOf);

/** Rule of `verifyPhone`: the number that the input stands for, and the code. */
export const phoneAndCodeSchema = z
  .object({
    ...fields,
    code: z.string().regex(/^\d{6}$/, 'must be the 6 digits of the code'),
    startAnew: z.boolean().nullish(),
  })
  .transform((input, context) => ({
    number: numberOf(input, context),
    code: input.code,
    startAnew: input.startAnew ?? false,
  }));

function numberOf({ phone, country }: PhoneInput, context: z.RefinementCtx): PhoneNumber {
  const number = parsePhone(phone, country ?? undefined);
  if (number && testNumberEnding(number.e164) === undefined) return number;
  const message = number
    ? 'must not be a test number: +1, an area code of the US, 555-0100 to 555-0199 are set aside, and nobody has one'
    : 'must be a phone number that can exist, in international form or together with its country';
  context.addIssue({ code: 'custom', path: ['phone'], message });
  return z.NEVER;
}
