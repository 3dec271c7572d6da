import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { consistencyPath } from '../domain/merkle-tree.js';
import { ConsentLogStore } from '../persistence/consent-log.store.js';
import { LogSigner } from '../persistence/log-signer.js';

/** What everybody may read of the consent log: hashes and signatures, nothing of anybody. */
@Injectable()
export class ReadLog {
  constructor(
    private readonly database: Database,
    private readonly store: ConsentLogStore,
    private readonly signer: LogSigner,
  ) {}

  /** The newest checkpoint, a signed note; undefined while no worker has made the first. */
  async checkpoint(): Promise<string | undefined> {
    return (await this.database.transaction({ role: 'gate' }, (tx) => this.store.newest(tx)))?.note;
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
      const newest = await this.store.newest(tx);
      if (!newest || newer > newest.size) return undefined;
      const hashes = await this.store.hashes(tx, consistencyPath(older, newer));
      return hashes.map((hash) => hash.toString('base64'));
    });
  }
}
