import {
  BadInputError,
  type IdPrefix,
  type PageArgs,
  pageSchema,
  parseInput,
  parsePublicId,
} from '@assent/platform';
import { z } from 'zod';

/** A text for people to read: 1 to `most` characters that PostgreSQL can store. */
export const textRule = (most: number) => {
  const rule = `must have 1 to ${most.toLocaleString('en')} characters of well-formed text`;
  return z
    .string()
    .trim()
    .min(1, rule)
    .max(most, rule)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), rule);
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

/** Where a page begins: how many rows, and behind which id. Cursors are the public ids of the nodes. */
export function readPage(
  connection: string,
  prefix: IdPrefix,
  args: PageArgs,
): { first: number; after: string | undefined } {
  const { first, after } = parseInput(pageSchema, args, connection);
  if (after === null || after === undefined) return { first, after: undefined };
  const id = parsePublicId(prefix, after);
  if (id) return { first, after: id };
  throw new BadInputError([
    { field: `${connection}.after`, rule: 'must be an endCursor of this connection' },
  ]);
}
