import { Injectable } from '@nestjs/common';
import type { ErasedPerson, Transaction } from '@assent/platform';
import { inclusionPath } from '@assent/ledger';
import { ConsentLogStore } from '../persistence/consent-log.store.js';
import { LogSigner } from '../persistence/log-signer.js';

/** Leaves that one statement proves: some twenty hashes each. */
const AT_ONCE = 500;

/** A leaf of the log whose event is gone, and the hashes from it to the root; in base64. */
export type ErasedLeaf = { index: number; leafHash: string; inclusionProof: string[] };

/** Where in the log an erased person's events were, under a checkpoint that covers them all. */
export type ErasedLeaves = { origin: string; keys: string[]; checkpoint: string; leaves: ErasedLeaf[] };

/** Proves which leaves of the log were events of a person who was erased, in the role `eraser`. */
@Injectable()
export class ProveErasure {
  constructor(
    private readonly store: ConsentLogStore,
    private readonly signer: LogSigner,
  ) {}

  /** @returns undefined while no checkpoint covers them: a matter of a second */
  async execute(
    tx: Transaction,
    { lane, erasureId }: Pick<ErasedPerson, 'lane' | 'erasureId'>,
  ): Promise<ErasedLeaves | undefined> {
    const [rows, newest] = await Promise.all([
      tx.rows<{ leaf_index: number }>({
        text: 'SELECT leaf_index FROM erasure_leaf WHERE lane = $1 AND erasure_id = $2 ORDER BY leaf_index',
        values: [lane, erasureId],
      }),
      this.store.newest(tx),
    ]);
    const indexes = rows.map(({ leaf_index }) => leaf_index);
    if (!newest || (indexes.at(-1) ?? -1) >= newest.size) return undefined;
    const leaves: ErasedLeaf[] = [];
    for (let at = 0; at < indexes.length; at += AT_ONCE) {
      leaves.push(...(await this.prove(tx, indexes.slice(at, at + AT_ONCE), newest.size)));
    }
    return { origin: this.signer.origin, keys: this.signer.verifierKeys, checkpoint: newest.note, leaves };
  }

  private async prove(tx: Transaction, indexes: readonly number[], size: number): Promise<ErasedLeaf[]> {
    const ranges = indexes.map((index) => [{ from: index, to: index + 1 }, ...inclusionPath(index, size)]);
    const hashes = (await this.store.hashes(tx, ranges.flat())).map((hash) => hash.toString('base64'));
    return indexes.map((index, at) => {
      const [leafHash = '', ...inclusionProof] = hashes.splice(0, ranges[at]?.length);
      return { index, leafHash, inclusionProof };
    });
  }
}
