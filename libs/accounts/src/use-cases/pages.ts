import {
  BadInputError,
  type IdPrefix,
  type PageArgs,
  pageSchema,
  parseInput,
  parsePublicId,
} from '@assent/platform';

/** Where a page begins: how many rows, and behind which UUID. Cursors are the public ids of the nodes. */
export function readPage(
  connection: string,
  prefix: IdPrefix,
  args: PageArgs,
): { first: number; after?: string } {
  const { first, after } = parseInput(pageSchema, args, connection);
  if (after === null || after === undefined) return { first };
  const id = parsePublicId(prefix, after);
  if (!id)
    throw new BadInputError([
      { field: `${connection}.after`, rule: 'must be an endCursor of this connection' },
    ]);
  return { first, after: id };
}
