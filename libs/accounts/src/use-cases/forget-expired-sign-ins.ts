import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { SEND_LIMIT } from '../domain/one-time-code.js';
import { MemberStore } from '../persistence/member.store.js';
import { SignInCodeStore } from '../persistence/sign-in-code.store.js';
import { SignOnStore } from '../persistence/sign-on.store.js';

const MOST = 1_000;

/** Removes sign-in codes, sign-ins under way and sessions that nobody can use any more; for the worker, every minute or so. */
@Injectable()
export class ForgetExpiredSignIns {
  constructor(
    private readonly database: Database,
    private readonly codes: SignInCodeStore,
    private readonly members: MemberStore,
    private readonly signOns: SignOnStore,
  ) {}

  /** Up to 1,000 of each a call. @returns how many it removed */
  async execute(): Promise<number> {
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const counts = await Promise.all([
        this.codes.forget(tx, SEND_LIMIT.windowMs, MOST),
        this.members.forgetSessions(tx, MOST),
        this.signOns.forget(tx, MOST),
      ]);
      return counts.reduce((sum, count) => sum + count, 0);
    });
  }
}
