import { Injectable } from '@nestjs/common';
import {
  type ErasedPerson,
  type ErasesPerson,
  IdempotentAnswers,
  type PersonKey,
  type StoreErasure,
  type Transaction,
} from '@assent/platform';
import { PhoneIndex } from './phone-index.js';
import { PhoneSeal } from './phone-seal.js';
import { TombstoneStore } from './tombstone.store.js';
import { lockPerson } from './person-guard.js';

/** How a person ends: when, and under which mark their number is buried. */
export interface Buried {
  at: Date;
  tombstone: Buffer;
}

/** Sessions, devices, the number, and at last the person. In the role `eraser`. */
@Injectable()
export class PeopleErasure implements ErasesPerson {
  constructor(
    private readonly index: PhoneIndex,
    private readonly seal: PhoneSeal,
    private readonly tombstones: TombstoneStore,
    private readonly answers: IdempotentAnswers,
  ) {}

  /**
   * Locks a person for their end and takes their number from them.
   *
   * Locks: the guard, which everything about the person is decided under; the number, which a proof of it locks before
   * it opens a session; the person's row, which whoever is adding a row of theirs holds FOR KEY SHARE by its foreign
   * key. What these waited for is seen by every later statement, and what comes after them finds no person any more.
   * @returns undefined where the person is gone already
   */
  async begin(tx: Transaction, person: PersonKey): Promise<Buried | undefined> {
    const { lane, personId } = person;
    const [, numbers, people, at] = await Promise.all([
      lockPerson(tx, person),
      tx.rows<{ phone_sealed: Buffer }>({
        text: 'DELETE FROM person_number WHERE lane = $1 AND person_id = $2 RETURNING phone_sealed',
        values: [lane, personId],
      }),
      tx.run({
        text: 'SELECT FROM person WHERE lane = $1 AND id = $2 FOR UPDATE',
        values: [lane, personId],
      }),
      tx.now(),
    ]);
    const sealed = numbers[0]?.phone_sealed;
    if (!sealed || people === 0) return undefined;

    const e164 = this.seal.open(personId, sealed);
    const indexes = this.index.everyVersion(e164);
    const buried = this.index.forGood(e164);
    await Promise.all([
      tx.run({
        text: `DELETE FROM number_directory
          WHERE (bucket, phone_index) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))
            AND lane = $3 AND person_id = $4`,
        values: [indexes.map(({ bucket }) => bucket), indexes.map(({ index }) => index), lane, personId],
      }),
      this.tombstones.lay(tx, buried, at),
    ]);
    return { at, tombstone: buried.tombstone };
  }

  /** To be called last: rows of other libraries hold on to the person. */
  async end(tx: Transaction, { lane, personId }: ErasedPerson): Promise<StoreErasure[]> {
    const remove = (table: string, column = 'person_id') =>
      tx.run({ text: `DELETE FROM ${table} WHERE lane = $1 AND ${column} = $2`, values: [lane, personId] });
    const [sessions, devices, answers] = await Promise.all([
      remove('person_session'),
      remove('device'),
      this.answers.forget(tx, { kind: 'person', id: personId }),
      remove('person_guard'),
      remove('person', 'id'),
    ]);
    return [
      { store: 'person', what: 'DELETED', rows: 1 },
      { store: 'phone number', what: 'DELETED', rows: 1 },
      { store: 'sessions', what: 'DELETED', rows: sessions },
      { store: 'devices', what: 'DELETED', rows: devices },
      { store: 'answers by idempotency key', what: 'DELETED', rows: answers },
      {
        store: 'tombstone',
        what: 'KEPT',
        rows: 1,
        why: 'A keyed mark of the number, so that neither an import nor a restored backup brings this person back.',
      },
      {
        store: 'phone codes',
        what: 'KEPT',
        rows: 0,
        why: 'Codes sent to a number are counted under its keyed index, whoever it belongs to, and go within the hour.',
      },
    ];
  }

  /** Nothing is left afterwards. */
  sweep(): Promise<StoreErasure[]> {
    return Promise.resolve([]);
  }
}
