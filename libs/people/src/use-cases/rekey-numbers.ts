import { Injectable } from '@nestjs/common';
import {
  Database,
  KeyRing,
  type PersonKey,
  type Resealed,
  type Transaction,
  type VersionsLeft,
} from '@assent/platform';
import { PhoneIndex } from '../persistence/phone-index.js';
import { PhoneSeal } from '../persistence/phone-seal.js';

interface Entry extends PersonKey {
  bucket: number;
  index: Buffer;
  version: number;
}

/** Entries that one step looks at. */
const MOST = 1_000;
/** Persons who are held at once: sends to them wait meanwhile. */
const HELD = 100;

/** Enters numbers in the directory under the newest key: the number itself must be opened, since its index can not be turned back. */
@Injectable()
export class RekeyNumbers {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly index: PhoneIndex,
    private readonly seal: PhoneSeal,
  ) {}

  /** Looks through the directory, and enters anew what is under an older key; what was done before is only looked at. */
  async *through(most = MOST): AsyncGenerator<Resealed, void, undefined> {
    for (let after: Entry | undefined; ;) {
      const page: Entry[] = await this.page(after, most);
      const step: Resealed = { looked: page.length, resealed: 0, unreadable: 0, done: page.length < most };
      const old = page.filter(({ version }) => version !== this.keys.current);
      for (let at = 0; at < old.length; at += HELD) {
        const { moved, unreadable } = await this.database.transaction({ role: 'rekeyer' }, (tx) =>
          this.enter(tx, old.slice(at, at + HELD)),
        );
        step.resealed += moved;
        step.unreadable += unreadable;
      }
      yield step;
      after = page.at(-1);
      if (step.done) return;
    }
  }

  /** Counts the entries of the directory, and the tombstones, by their version. */
  async count(): Promise<VersionsLeft> {
    const left: VersionsLeft = new Map();
    for (const [place, table, column] of [
      ['number_directory.phone_index', 'number_directory', 'index_version'],
      ['number_tombstone.mark', 'number_tombstone', 'mark_version'],
    ] as const) {
      const counts = new Map<number, number>();
      // A bucket is a thousandth of the table, which may be too large for one statement.
      for (let bucket = 0; bucket < 1_024; bucket += 64) {
        const rows = await this.database.rows<{ version: number; count: number }>(
          { role: 'rekeyer' },
          {
            text: `SELECT ${column} AS version, count(*)::int AS count FROM ${table} WHERE bucket BETWEEN $1 AND $2 GROUP BY 1`,
            values: [bucket, bucket + 63],
          },
        );
        for (const { version, count } of rows) counts.set(version, (counts.get(version) ?? 0) + count);
      }
      left.set(place, counts);
    }
    return left;
  }

  private page(after: Entry | undefined, most: number): Promise<Entry[]> {
    return this.database.rows<Entry & { [column: string]: unknown }>(
      { role: 'rekeyer' },
      {
        text: `SELECT bucket, phone_index AS index, index_version AS version, lane, person_id AS "personId"
          FROM number_directory ${after ? 'WHERE (bucket, phone_index) > ($2::smallint, $3::bytea)' : ''}
          ORDER BY bucket, phone_index LIMIT $1`,
        values: after ? [most, after.bucket, after.index] : [most],
      },
    );
  }

  /**
   * Locks: the guards of the persons, in the order in which everybody takes them. An erasure and a proof of the same number
   * take them too, so an entry is either moved before them or not there any more. What they waited for is read afterwards.
   * A look-up asks for a number under every version in one statement, and finds one entry before and after.
   */
  private async enter(
    tx: Transaction,
    entries: readonly Entry[],
  ): Promise<{ moved: number; unreadable: number }> {
    const lanes = entries.map(({ lane }) => lane);
    const ids = entries.map(({ personId }) => personId);
    const people = '(SELECT * FROM unnest($1::smallint[], $2::uuid[]))';
    const [, numbers] = await Promise.all([
      tx.run({
        text: `SELECT FROM person_guard WHERE (lane, person_id) IN ${people} ORDER BY lane, person_id FOR NO KEY UPDATE`,
        values: [lanes, ids],
      }),
      tx.rows<{ personId: string; sealed: Buffer }>({
        text: `SELECT person_id AS "personId", phone_sealed AS sealed FROM person_number WHERE (lane, person_id) IN ${people}`,
        values: [lanes, ids],
      }),
    ]);
    // Whoever was erased meanwhile has neither number nor entry.
    const phones = new Map(numbers.map(({ personId, sealed }) => [personId, this.opened(personId, sealed)]));
    const moved = entries.flatMap((entry) => {
      const phone = phones.get(entry.personId);
      return phone === undefined ? [] : { entry, fresh: this.index.current(phone) };
    });
    const rows = await tx.rows<{ lane: number }>({
      text: `WITH gone AS (
          DELETE FROM number_directory d USING unnest($1::smallint[], $2::bytea[], $3::smallint[], $4::bytea[])
            AS m (bucket, phone_index, new_bucket, new_index)
          WHERE d.bucket = m.bucket AND d.phone_index = m.phone_index
          RETURNING m.new_bucket, m.new_index, d.lane, d.person_id)
        INSERT INTO number_directory (bucket, phone_index, index_version, lane, person_id)
          SELECT new_bucket, new_index, $5, lane, person_id FROM gone ON CONFLICT DO NOTHING RETURNING lane`,
      values: [
        moved.map(({ entry }) => entry.bucket),
        moved.map(({ entry }) => entry.index),
        moved.map(({ fresh }) => fresh.bucket),
        moved.map(({ fresh }) => fresh.index),
        this.keys.current,
      ],
    });
    const unreadable = [...phones.values()].filter((phone) => phone === undefined).length;
    return { moved: rows.length, unreadable };
  }

  private opened(personId: string, sealed: Buffer): string | undefined {
    try {
      return this.seal.open(personId, sealed);
    } catch {
      return undefined;
    }
  }
}
