import { Injectable } from '@nestjs/common';
import { Configuration, hashSecret, KeyRing, newSecret, type Transaction } from '@assent/platform';
import type { PersonViewer } from '../domain/person-viewer.js';
import type { PhoneNumber } from '../domain/phone-number.js';
import { isNewPossession } from '../domain/possession.js';
import { type KnownNumber, type Person, PersonStore } from '../persistence/person.store.js';
import type { NumberIndex } from '../persistence/phone-index.js';
import { SessionStore } from '../persistence/session.store.js';
import { EndOfPerson } from './end-of-person.js';

const SESSION_MS = 30 * 24 * 60 * 60_000;

/** A session that was opened. The token is shown this once. */
export interface OpenedSession {
  token: string;
  expiresAt: Date;
  person: Person;
  /** Whether the person was made by this very proof. */
  startedAnew: boolean;
}

/** A number that was proved, whichever way. */
export interface ProvedNumber {
  number: PhoneNumber & { index: NumberIndex };
  known: KnownNumber;
  /** "This number is new to me." */
  startAnew: boolean;
  /** Whose valid session came with the proof: who is signed in keeps what is theirs. */
  viewer: PersonViewer | undefined;
  now: Date;
}

/**
 * Opens a session for whoever proved a number. The first time, and whenever the number has come into new hands, it makes a
 * person: what the former owner had ends in the same transaction.
 */
@Injectable()
export class OpenPersonSession {
  constructor(
    private readonly keys: KeyRing,
    private readonly people: PersonStore,
    private readonly sessions: SessionStore,
    private readonly configuration: Configuration,
    private readonly end: EndOfPerson,
  ) {}

  /** In the role `gate`, under the lock of the number's codes; it locks whatever is of a person. */
  async execute(tx: Transaction, proved: ProvedNumber): Promise<OpenedSession> {
    const { number, known, startAnew, viewer, now } = proved;
    const { owner } = known;
    const claim = { startAnew, signedIn: owner !== undefined && viewer?.personId === owner.personId };
    const { POSSESSION_DAYS } = this.configuration.settings;
    const isFormer = owner !== undefined && isNewPossession(owner, claim, now, POSSESSION_DAYS);
    const stays = owner && !isFormer && (await this.people.verifiedAgain(tx, owner, now));
    const endedAt = isFormer ? await this.end.giveWay(tx, owner) : undefined;
    const person = stays
      ? owner
      : await this.people.begin(tx, number, [known.tombstoneAt, endedAt, await tx.now()]);
    const token = newSecret('pst');
    const expiresAt = new Date(now.getTime() + SESSION_MS);
    await this.sessions.open(tx, { ...person, tokenHash: hashSecret(this.keys, token) }, now, expiresAt);
    return { token, expiresAt, person: await this.people.read(tx, person), startedAnew: !stays };
  }
}
