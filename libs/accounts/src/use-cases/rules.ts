import { type IdPrefix, isStorable, parsePublicId } from '@assent/platform';
import { z } from 'zod';
import { isCountry } from '../domain/countries.js';
import { isHonestName, normalName } from '../domain/names.js';

/** A name that people will read: 1 to `most` characters, normalised, nothing deceptive in it. */
export const nameRule = (most: number) =>
  z
    .string()
    .transform(normalName)
    .refine((name) => name.length >= 1 && name.length <= most, {
      message: `must have 1 to ${most} characters`,
      abort: true,
    })
    .refine(
      isHonestName,
      'must have a letter or digit, and no control, invisible or direction-changing characters',
    );

/** An ISO 3166-1 alpha-2 code, in capitals or not. */
export const countryRule = z
  .string()
  .transform((code) => code.toUpperCase())
  .refine(isCountry, 'must be the two-letter code of a country (ISO 3166-1 alpha-2), such as DE');

/** An e-mail address; in lower case, as it is kept and compared. */
export const emailRule = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'must have at most 254 characters')
  .pipe(z.email('must be an e-mail address'));

/** What somebody signs in with: an address, and the code that was sent to it. */
export const signInRule = z.object({
  email: emailRule,
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'must have 6 digits'),
});

/** A text for people to read: 1 to `most` characters that PostgreSQL can store. */
export const textRule = (most: number) => {
  const rule = `must have 1 to ${most.toLocaleString('en')} characters of well-formed text`;
  return z.string().trim().min(1, rule).max(most, rule).refine(isStorable, rule);
};

/** A public id of this kind, as the id behind it. */
export const idRule = (prefix: IdPrefix) =>
  z.string().transform((text, context) => {
    const id = parsePublicId(prefix, text);
    if (id) return id;
    context.addIssue({ code: 'custom', message: `must be an id that begins with ${prefix}_` });
    return z.NEVER;
  });
