import { Injectable } from '@nestjs/common';
import { Database, type PageArgs, readPage } from '@assent/platform';
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
  async execute(page: PageArgs): Promise<ParkedConversation[]> {
    const { first, after } = readPage('parkedConversations', 'prk', page);
    return this.database.transaction({ role: 'admin' }, (tx) => this.store.page(tx, after, first + 1));
  }
}
