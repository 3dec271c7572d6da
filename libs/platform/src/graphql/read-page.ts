import { BadInputError, parseInput } from '../errors/bad-input.js';
import { type IdPrefix, parsePublicId } from '../ids/ids.js';
import { type PageArgs, pageSchema } from './connection.js';

/**
 * Where a page begins: how many rows, and behind which id. For cursors that are the public ids of the nodes.
 * @throws BadInputError
 */
export function readPage(
  connection: string,
  prefix: IdPrefix,
  args: PageArgs,
): { first: number; after: string | undefined } {
  const { first, after } = parseInput(pageSchema, args, connection);
  if (after === null || after === undefined) return { first, after: undefined };
  const id = parsePublicId(prefix, after);
  if (!id) throw badCursor(connection);
  return { first, after: id };
}

/** An `after` that is no cursor of the connection of that name. */
export function badCursor(connection: string): BadInputError {
  return new BadInputError([
    { field: `${connection}.after`, rule: 'must be an endCursor of this connection' },
  ]);
}
