import { Injectable } from '@nestjs/common';
import { TestReactions, type VisibleMessage } from '@assent/messaging';
import { Hints, type Transaction } from '@assent/platform';
import { TurnStore } from '../persistence/turn.store.js';

/** Notes what became visible to test persons, for PlayTurns. */
@Injectable()
export class ExpectReactions extends TestReactions {
  constructor(
    private readonly turns: TurnStore,
    private readonly hints: Hints,
  ) {
    super();
  }

  async expect(tx: Transaction, messages: readonly VisibleMessage[]): Promise<void> {
    await this.turns.add(tx, messages);
    tx.afterCommit(() => this.hints.send(['test-turns']));
  }
}
