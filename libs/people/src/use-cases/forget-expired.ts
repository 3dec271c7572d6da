import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { SEND_LIMIT } from '@assent/accounts';
import { OperatorTokenStore } from '../persistence/operator-token.store.js';
import { PhoneCodeStore } from '../persistence/phone-code.store.js';
import { SessionStore } from '../persistence/session.store.js';

const BATCH = 1_000;
const MOST_BATCHES = 1_000;

/** Removes phone codes, sessions and marks of used tokens that nobody can use any more; for the worker, every hour or so. */
@Injectable()
export class ForgetExpired {
  constructor(
    private readonly database: Database,
    private readonly codes: PhoneCodeStore,
    private readonly sessions: SessionStore,
    private readonly tokens: OperatorTokenStore,
  ) {}

  /** In short transactions, up to a million of each a call. @returns how many it removed */
  async execute(): Promise<number> {
    let removed = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const counts = await this.database.transaction({ role: 'gate' }, (tx) =>
        Promise.all([
          this.codes.forget(tx, SEND_LIMIT.windowMs, BATCH),
          this.sessions.forget(tx, BATCH),
          this.tokens.forget(tx, BATCH),
        ]),
      );
      removed += counts.reduce((sum, count) => sum + count, 0);
      if (counts.every((count) => count < BATCH)) break;
    }
    return removed;
  }
}
