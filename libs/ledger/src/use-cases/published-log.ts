import type { Database } from '@assent/platform';
import { consistencyPath } from '../domain/merkle-tree.js';
import type { MerkleLog } from '../persistence/merkle-log.store.js';
import type { NoteSigner } from '../persistence/note-signer.js';

/** What everybody may read of a log: hashes and signatures, nothing of anybody. */
export class PublishedLog {
  constructor(
    private readonly database: Database,
    private readonly log: MerkleLog,
    private readonly signer: NoteSigner,
  ) {}

  /** The newest checkpoint, a signed note; undefined while no worker has made the first. */
  async checkpoint(): Promise<string | undefined> {
    return (await this.database.transaction({ role: 'gate' }, (tx) => this.log.newest(tx)))?.note;
  }

  /** The keys that verify it, newest first. */
  get verifierKeys(): string[] {
    return this.signer.verifierKeys;
  }

  /**
   * The hashes, in base64, that prove one tree to be the beginning of a larger one (RFC 9162, 2.1.4).
   * @returns undefined unless 0 < older <= newer <= the size of the newest checkpoint
   */
  async consistency(older: number, newer: number): Promise<string[] | undefined> {
    if (!(older > 0 && older <= newer)) return undefined;
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const newest = await this.log.newest(tx);
      if (!newest || newer > newest.size) return undefined;
      const hashes = await this.log.hashes(tx, consistencyPath(older, newer));
      return hashes.map((hash) => hash.toString('base64'));
    });
  }
}
