import { randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  Database,
  hashCode,
  hashSecret,
  KeyRing,
  newSecret,
  parseInput,
  type Transaction,
  uuid7,
} from '@assent/platform';
import { judgeCode, type OneTimeCodeRefusal } from '@assent/accounts';
import type { PhoneNumber } from '../domain/phone-number.js';
import { type Person, type PersonKey, PersonStore } from '../persistence/person.store.js';
import { PhoneCodeStore } from '../persistence/phone-code.store.js';
import { PhoneIndex } from '../persistence/phone-index.js';
import { SessionStore } from '../persistence/session.store.js';
import { phoneAndCodeSchema, type PhoneInput } from './phone-input.js';

const LANES = 1_024;
const SESSION_MS = 30 * 24 * 60 * 60_000;

/** A session that was opened. The token is shown this once. */
export interface OpenedSession {
  token: string;
  expiresAt: Date;
  person: Person;
}

/** Signs a person in by the code that was sent to their number; the first time, it also makes that person. */
@Injectable()
export class VerifyPhone {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly index: PhoneIndex,
    private readonly codes: PhoneCodeStore,
    private readonly people: PersonStore,
    private readonly sessions: SessionStore,
  ) {}

  async execute(input: PhoneInput & { code: string }): Promise<OpenedSession | OneTimeCodeRefusal> {
    const { number, code } = parseInput(phoneAndCodeSchema, input);
    const index = this.index.current(number.e164);
    const given = hashCode(this.keys, 'phone', number.e164, code);
    const token = newSecret('pst');

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
      const person = known ? await this.again(tx, known, now) : await this.first(tx, number, now);
      const expiresAt = new Date(now.getTime() + SESSION_MS);
      await this.sessions.open(tx, { ...person, tokenHash: hashSecret(this.keys, token) }, now, expiresAt);
      return { token, expiresAt, person: await this.people.read(tx, person) };
    });
  }

  private async again(tx: Transaction, person: PersonKey, now: Date): Promise<PersonKey> {
    await this.people.verifiedAgain(tx, person, now);
    return person;
  }

  private async first(tx: Transaction, { e164, country }: PhoneNumber, now: Date): Promise<PersonKey> {
    const lane = randomInt(LANES);
    const personId = uuid7(now.getTime(), lane);
    await this.people.make(tx, { lane, personId, e164, country, index: this.index.current(e164), at: now });
    return { lane, personId };
  }
}
