import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { SEND_WINDOW_MS } from '../domain/phone-code.js';
import { PhoneCodeStore } from '../persistence/phone-code.store.js';
import { SessionStore } from '../persistence/session.store.js';

const MOST = 1_000;

/** Removes phone codes and sessions that nobody can use any more; for the worker, every minute or so. */
@Injectable()
export class ForgetExpired {
  constructor(
    private readonly database: Database,
    private readonly codes: PhoneCodeStore,
    private readonly sessions: SessionStore,
  ) {}

  /** Up to 1,000 of each a call. @returns how many it removed */
  async execute(): Promise<number> {
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const [codes, sessions] = await Promise.all([
        this.codes.forget(tx, SEND_WINDOW_MS, MOST),
        this.sessions.forget(tx, MOST),
      ]);
      return codes + sessions;
    });
  }
}
