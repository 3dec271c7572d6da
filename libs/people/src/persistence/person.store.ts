import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type PersonKey, timeOf, type Transaction, uuid7 } from '@assent/platform';
import type { FormerProof } from '../domain/possession.js';
import type { NumberIndex } from './phone-index.js';
import { PhoneSeal } from './phone-seal.js';
import { isBuried, TombstoneStore } from './tombstone.store.js';

/** A person as they see themselves. */
export interface Person {
  country: string | null;
  /** Their own number, E.164. */
  phone: string;
  verifiedAt: Date;
}

/** What is known of a number: whose it is, and since when nobody can be its owner who was so before. */
export interface KnownNumber {
  owner: (PersonKey & FormerProof) | undefined;
  tombstoneAt: Date | undefined;
}

interface NewPerson {
  /** E.164, or what stands in its place in a sandbox. */
  e164: string;
  country: string | undefined;
  index: NumberIndex;
  /** Undefined: a real person. */
  sandboxId?: string;
}

const LANES = 1_024;

/** Persons, their sealed numbers, and the directory that finds a person by number. */
@Injectable()
export class PersonStore {
  constructor(
    private readonly seal: PhoneSeal,
    private readonly tombstones: TombstoneStore,
  ) {}

  /**
   * Whose number this is; give the index under every key version. The tombstones are read in a later statement, so an
   * owner who is erased meanwhile is either found or buried, or both.
   */
  async find(tx: Transaction, indexes: readonly NumberIndex[]): Promise<KnownNumber> {
    const [[row], [tombstoneAt]] = await Promise.all([
      tx.rows<{ lane: number; person_id: string; verified_at: Date | null }>({
        text: `SELECT d.lane, d.person_id, n.verified_at FROM number_directory d
          LEFT JOIN person_number n ON n.lane = d.lane AND n.person_id = d.person_id
          WHERE (d.bucket, d.phone_index) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))
          ORDER BY d.index_version DESC LIMIT 1`,
        values: [indexes.map(({ bucket }) => bucket), indexes.map(({ index }) => index)],
      }),
      this.tombstones.times(tx, [indexes]),
    ]);
    const owner = row && {
      lane: row.lane,
      personId: row.person_id,
      verifiedAt: row.verified_at,
      since: new Date(timeOf(row.person_id)),
      buried: isBuried(row.person_id, tombstoneAt),
    };
    return { owner, tombstoneAt };
  }

  /**
   * Makes a person with all that belongs to one: guard, sealed number, entry in the directory. Under the lock of the
   * number's codes, so an entry that is there is a former owner's. Not made before any of these times: whoever is older
   * than their number's tombstone counts as erased.
   */
  async begin(
    tx: Transaction,
    { e164, country, index, sandboxId }: NewPerson,
    times: readonly (Date | undefined)[],
  ): Promise<PersonKey> {
    const at = new Date(Math.max(...times.map((time) => time?.getTime() ?? 0)));
    const lane = randomInt(LANES);
    const personId = uuid7(at.getTime(), lane);
    await Promise.all([
      tx.run({
        text: 'INSERT INTO person (lane, id, country, created_at, sandbox_id) VALUES ($1, $2, $3, $4, $5)',
        values: [lane, personId, country ?? null, at, sandboxId ?? null],
      }),
      tx.run({
        text: 'INSERT INTO person_guard (lane, person_id) VALUES ($1, $2)',
        values: [lane, personId],
      }),
      tx.run({
        text: 'INSERT INTO person_number (lane, person_id, phone_sealed, verified_at) VALUES ($1, $2, $3, $4)',
        values: [lane, personId, this.seal.seal(personId, e164), at],
      }),
      tx.run({
        text: `INSERT INTO number_directory (bucket, phone_index, index_version, lane, person_id)
          VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (bucket, phone_index) DO UPDATE SET index_version = excluded.index_version,
            lane = excluded.lane, person_id = excluded.person_id`,
        values: [index.bucket, index.index, index.version, lane, personId],
      }),
    ]);
    return { lane, personId };
  }

  /**
   * Notes that a person proved their number again. It locks the number, so that the person can not be erased before this
   * transaction ends. @returns false where they were erased by now
   */
  async verifiedAgain(tx: Transaction, { lane, personId }: PersonKey, at: Date): Promise<boolean> {
    const touched = await tx.run({
      text: 'UPDATE person_number SET verified_at = $3 WHERE lane = $1 AND person_id = $2',
      values: [lane, personId, at],
    });
    return touched > 0;
  }

  /** When a person came here first. */
  async cameAt(tx: Transaction, { lane, personId }: PersonKey): Promise<Date | undefined> {
    const [row] = await tx.rows<{ created_at: Date }>({
      text: 'SELECT created_at FROM person WHERE lane = $1 AND id = $2',
      values: [lane, personId],
    });
    return row?.created_at;
  }

  /** A person, number opened: for their own eyes. */
  async read(tx: Transaction, { lane, personId }: PersonKey): Promise<Person> {
    const [row] = await tx.rows<{ country: string | null; phone_sealed: Buffer; verified_at: Date }>({
      text: `SELECT person.country, number.phone_sealed, number.verified_at FROM person
        JOIN person_number number ON number.lane = person.lane AND number.person_id = person.id
        WHERE person.lane = $1 AND person.id = $2`,
      values: [lane, personId],
    });
    if (!row) throw new Error('A person who is signed in has no row');
    return {
      country: row.country,
      phone: this.seal.open(personId, row.phone_sealed),
      verifiedAt: row.verified_at,
    };
  }
}
