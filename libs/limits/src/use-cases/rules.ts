import { type IdPrefix, isStorable, parsePublicId } from '@assent/platform';
import { z } from 'zod';

/** A text for people to read: 1 to `most` characters that PostgreSQL can store. */
export const textRule = (most: number) => {
  const rule = `must have 1 to ${most.toLocaleString('en')} characters of well-formed text`;
  return z.string().trim().min(1, rule).max(most, rule).refine(isStorable, rule);
};

/** Why an admin does something: the business reads it. */
export const reasonRule = textRule(1_000);

/** A public id of this kind, as the id behind it. */
export const idRule = (prefix: IdPrefix) =>
  z.string().transform((text, context) => {
    const id = parsePublicId(prefix, text);
    if (id) return id;
    context.addIssue({ code: 'custom', message: `must be an id that begins with ${prefix}_` });
    return z.NEVER;
  });
