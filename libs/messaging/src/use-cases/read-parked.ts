import { Injectable } from '@nestjs/common';
import { BadInputError, Database, pageSchema, parseInput, parsePublicId } from '@assent/platform';
import { type ParkedConversation, ParkedStore } from '../persistence/parked.store.js';

export type { ParkedConversation };

/** Conversations that are parked, the longest parked first, for the operator: one more than `first` if there is. */
@Injectable()
export class ReadParked {
  constructor(
    private readonly database: Database,
    private readonly store: ParkedStore,
  ) {}

  /** @throws BadInputError */
  async execute(input: { first: number; after?: string | null }): Promise<ParkedConversation[]> {
    const { first, after } = parseInput(pageSchema, input, 'parkedConversations');
    const id = after ? parsePublicId('prk', after) : null;
    if (id === undefined) {
      throw new BadInputError([
        { field: 'parkedConversations.after', rule: 'must be an endCursor of this connection' },
      ]);
    }
    return this.database.transaction({ role: 'admin' }, (tx) => this.store.page(tx, id, first + 1));
  }
}
