import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { z } from 'zod';

/** Whether there is more, and where it begins. */
@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Give it as `after` to read on; null where the page is empty.',
  })
  endCursor!: string | null;
}

/** Arguments of every connection. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many, 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: '`endCursor` of the page before.' })
  after?: string | null;
}

/** Rule of `PageArgs`; the cursor is checked by whoever reads it. */
export const pageSchema = z.object({
  first: z.int('must be a whole number').min(1, 'must be 1 to 100').max(100, 'must be 1 to 100'),
  after: z.string().max(200, 'must be an endCursor of this connection').nullish(),
});

/** One page of a connection. */
export interface ConnectionOf<Node> {
  nodes: Node[];
  pageInfo: PageInfo;
}

/** The connection type of a node: `nodes` and `pageInfo`, read by keyset, so that a page costs the same anywhere. */
export function connectionType<Node extends object>(
  node: Type<Node>,
  name: string,
): Type<ConnectionOf<Node>> {
  @ObjectType(name)
  class Connection implements ConnectionOf<Node> {
    @Field(() => [node])
    nodes!: Node[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return Connection;
}

/** A page from `first + 1` rows: the extra one only says that there is more. */
export function toConnection<Row, Node>(
  rows: Row[],
  first: number,
  toNode: (row: Row) => Node,
  cursorOf: (row: Row) => string,
): ConnectionOf<Node> {
  const page = rows.slice(0, first);
  const last = page.at(-1);
  return {
    nodes: page.map(toNode),
    pageInfo: { hasNextPage: rows.length > first, endCursor: last ? cursorOf(last) : null },
  };
}
