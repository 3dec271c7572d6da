import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, hashCode, KeyRing, parseInput } from '@assent/platform';
import { judgeCode, type OneTimeCodeRefusal } from '@assent/accounts';
import type { PersonViewer } from '../domain/person-viewer.js';
import { PersonStore } from '../persistence/person.store.js';
import { PhoneCodeStore } from '../persistence/phone-code.store.js';
import { PhoneIndex } from '../persistence/phone-index.js';
import { type OpenedSession, OpenPersonSession } from './open-person-session.js';
import { phoneAndCodeSchema, type PhoneInput } from './phone-input.js';

/**
 * Signs a person in by the code that was sent to their number.
 *
 * Locks: the number's row of codes, then whatever is of a person.
 */
@Injectable()
export class VerifyPhone {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly index: PhoneIndex,
    private readonly codes: PhoneCodeStore,
    private readonly people: PersonStore,
    private readonly session: OpenPersonSession,
  ) {}

  /** @param viewer whose valid session came with the request: who is signed in keeps what is theirs */
  async execute(
    input: PhoneInput & { code: string; startAnew?: boolean | null },
    viewer?: PersonViewer,
  ): Promise<OpenedSession | OneTimeCodeRefusal> {
    const { number, code, startAnew } = parseInput(phoneAndCodeSchema, input);
    const index = this.index.current(number.e164);
    const given = hashCode(this.keys, 'phone', number.e164, code);

    return this.database.transaction({ role: 'gate' }, async (tx) => {
      // The number's row of codes is locked before anything else is read, so two devices take turns.
      const [{ state, codeHash, now }, known] = await Promise.all([
        this.codes.lock(tx, index),
        this.people.find(tx, this.index.everyVersion(number.e164)),
      ]);
      const matches = codeHash.length === given.length && timingSafeEqual(codeHash, given);
      const verdict = judgeCode(state, matches, now);
      if ('refused' in verdict) {
        if (verdict.refused === 'CODE_INVALID') await this.codes.countAttempt(tx, index, now);
        return verdict;
      }
      await this.codes.use(tx, index, now);
      return this.session.execute(tx, { number: { ...number, index }, known, startAnew, viewer, now });
    });
  }
}
