import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { canonicalRecord } from '../domain/consent-event.js';
import { type Checkpoint, ConsentLogStore } from '../persistence/consent-log.store.js';
import { LogSigner } from '../persistence/log-signer.js';
import type { SealedEvent } from '../persistence/sealed-event.js';

const PAGE = 1_000;

/** The whole ledger as lines of JSON that anyone can check offline; docs/consent-receipts.md describes them. */
@Injectable()
export class DumpLedger {
  constructor(
    private readonly database: Database,
    private readonly store: ConsentLogStore,
    private readonly signer: LogSigner,
  ) {}

  /**
   * The log as of its newest checkpoint, in pages, so that memory stays bounded however long it is. What is in it never
   * changes, so pages of several transactions fit together; an event that is erased meanwhile is a bare hash from then on.
   * @returns undefined while there is no checkpoint
   */
  async execute(): Promise<{ size: number; lines: AsyncGenerator<string, void, undefined> } | undefined> {
    const newest = await this.database.transaction({ role: 'engine' }, (tx) => this.store.newest(tx));
    return newest && { size: newest.size, lines: this.lines(newest.size) };
  }

  private async *lines(size: number): AsyncGenerator<string, void, undefined> {
    const { origin, verifierKeys: keys } = this.signer;
    yield line({ type: 'ledger', format: 'assent-ledger-dump/1', origin, size, keys });
    const checkpoints = this.checkpoints(size);
    let next = (await checkpoints.next()).value;
    let [previous, count]: [number | null, number] = [null, 0];
    for (let from = 0; ; from += PAGE) {
      const leaves = await this.leaves(from, Math.min(from + PAGE, size));
      for (let at = from; ; at++) {
        // A checkpoint stands behind the last leaf that it covers.
        while (next?.size === at) {
          yield line({ type: 'checkpoint', previous, note: next.note });
          previous = at;
          count += 1;
          next = (await checkpoints.next()).value;
        }
        const leaf = leaves[at - from];
        if (!leaf) break;
        yield leaf.event ? eventLine(at, leaf.hash, leaf.event) : erasedLine(at, leaf.hash);
      }
      if (from + PAGE >= size) break;
    }
    yield line({ type: 'end', leaves: size, checkpoints: count });
  }

  private async leaves(from: number, to: number) {
    const leaves = await this.database.transaction({ role: 'engine' }, (tx) =>
      this.store.leaves(tx, { from, to }),
    );
    if (leaves.length !== to - from) throw new Error('The consent log lacks a leaf');
    return leaves;
  }

  private async *checkpoints(upTo: number): AsyncGenerator<Checkpoint, undefined, undefined> {
    let last: number | null = null;
    for (;;) {
      const page: Checkpoint[] = await this.database.transaction({ role: 'engine' }, (tx) =>
        this.store.checkpoints(tx, last, upTo, PAGE),
      );
      yield* page;
      last = page.at(-1)?.size ?? last;
      if (page.length < PAGE) return undefined;
    }
  }
}

function line(fields: Record<string, unknown>): string {
  return `${JSON.stringify(fields)}\n`;
}

function erasedLine(index: number, hash: Buffer): string {
  return line({ type: 'erased', index, leafHash: hash.toString('base64') });
}

/** The record stands in it in its canonical form, byte by byte as it was hashed. */
function eventLine(index: number, leafHash: Buffer, event: SealedEvent): string {
  const { salt, previousHash, hash } = event;
  const hashes = JSON.stringify({
    leafHash: leafHash.toString('base64'),
    salt: salt.toString('base64'),
    previousHash: previousHash?.toString('base64') ?? null,
    hash: hash.toString('base64'),
  });
  return `{"type":"event","index":${index},"record":${canonicalRecord(event)},${hashes.slice(1)}\n`;
}
