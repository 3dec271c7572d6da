import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  Configuration,
  Database,
  hashCode,
  hashSecret,
  KeyRing,
  newSecret,
  parseInput,
} from '@assent/platform';
import { judgeCode, type OneTimeCodeRefusal } from '@assent/accounts';
import type { PersonViewer } from '../domain/person-viewer.js';
import { isNewPossession } from '../domain/possession.js';
import { type Person, PersonStore } from '../persistence/person.store.js';
import { PhoneCodeStore } from '../persistence/phone-code.store.js';
import { PhoneIndex } from '../persistence/phone-index.js';
import { SessionStore } from '../persistence/session.store.js';
import { EndOfPerson } from './end-of-person.js';
import { phoneAndCodeSchema, type PhoneInput } from './phone-input.js';

const SESSION_MS = 30 * 24 * 60 * 60_000;

/** A session that was opened. The token is shown this once. */
export interface OpenedSession {
  token: string;
  expiresAt: Date;
  person: Person;
  /** Whether the person was made by this very proof. */
  startedAnew: boolean;
}

/**
 * Signs a person in by the code that was sent to their number. The first time, and whenever the number has come into new
 * hands, it makes a person: what the former owner had ends in the same transaction.
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
    private readonly sessions: SessionStore,
    private readonly configuration: Configuration,
    private readonly end: EndOfPerson,
  ) {}

  /** @param viewer whose valid session came with the request: who is signed in keeps what is theirs */
  async execute(
    input: PhoneInput & { code: string; startAnew?: boolean | null },
    viewer?: PersonViewer,
  ): Promise<OpenedSession | OneTimeCodeRefusal> {
    const { number, code, startAnew } = parseInput(phoneAndCodeSchema, input);
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
      const { owner } = known;
      const claim = { startAnew, signedIn: owner !== undefined && viewer?.personId === owner.personId };
      const { POSSESSION_DAYS } = this.configuration.settings;
      const isFormer = owner !== undefined && isNewPossession(owner, claim, now, POSSESSION_DAYS);
      const stays = owner && !isFormer && (await this.people.verifiedAgain(tx, owner, now));
      const endedAt = isFormer ? await this.end.giveWay(tx, owner) : undefined;
      const person = stays
        ? owner
        : await this.people.begin(tx, { ...number, index }, [known.tombstoneAt, endedAt, await tx.now()]);
      const expiresAt = new Date(now.getTime() + SESSION_MS);
      await this.sessions.open(tx, { ...person, tokenHash: hashSecret(this.keys, token) }, now, expiresAt);
      return { token, expiresAt, person: await this.people.read(tx, person), startedAnew: !stays };
    });
  }
}
