import type { Database } from '../database/database.js';
import type { KeyRing } from './key-ring.js';
import { nameOf, pageOf, type SealedColumn } from './sealed-column.js';

/** How much there is under each version, by place. */
export type VersionsLeft = Map<string, Map<number, number>>;

/** Rows that are counted in one statement. */
const MOST = 5_000;
/** A link that stops something works for so long, and nothing of it is stored. */
const LINK_DAYS = 400;

/** What the operator needs to know before a version of the keys goes. */
export class KeyVersions {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  /** Counts rows of sealed columns by the version that they name, in small statements. */
  async count(columns: readonly SealedColumn[]): Promise<VersionsLeft> {
    const left: VersionsLeft = new Map();
    for (const column of columns) {
      const counts = new Map<number, number>();
      for (let after: string[] | null = null; ;) {
        const page: { key: string[]; version: number | null }[] = await this.database.rows(
          { role: 'rekeyer' },
          pageOf(column, after, MOST),
        );
        for (const { version } of page) {
          if (version !== null) counts.set(version, (counts.get(version) ?? 0) + 1);
        }
        after = page.at(-1)?.key ?? null;
        if (page.length < MOST) break;
      }
      left.set(nameOf(column), counts);
    }
    return left;
  }

  /** Until when links that stop something and were made with a version work; undefined while they still are made with it. */
  async linksUntil(version: number): Promise<Date | undefined> {
    const [row] = await this.database.rows<{ until: Date | null }>(
      { role: 'rekeyer' },
      {
        text: `SELECT min(seen_at) + make_interval(days => $2) AS until FROM key_check WHERE version > $1`,
        values: [version, LINK_DAYS],
      },
    );
    return row?.until ?? undefined;
  }

  /** The database's time. */
  async now(): Promise<Date> {
    return this.database.transaction({ role: 'rekeyer' }, (tx) => tx.now());
  }

  /** Lets processes start without a version from now on. @returns false where the database did not know it */
  async retire(version: number): Promise<boolean> {
    if (version === 1 || version === this.keys.current)
      throw new Error('Neither version 1 nor the newest can be retired');
    const gone = await this.database.transaction({ role: 'rekeyer' }, (tx) =>
      tx.run({ text: 'DELETE FROM key_check WHERE version = $1', values: [version] }),
    );
    return gone > 0;
  }
}
