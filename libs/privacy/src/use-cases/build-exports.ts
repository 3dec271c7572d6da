import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { lockPerson } from '@assent/people';
import { NoticeStore } from '@assent/consent';
import { Database, LOGGER, type Transaction } from '@assent/platform';
import type { Logger } from 'pino';
import { EXPORT_MS } from '../domain/export-limit.js';
import { type ExportLease, ExportStore } from '../persistence/export.store.js';
import { CHUNK_BYTES, ExportVault } from '../persistence/export-vault.js';
import { inPieces } from './archive.js';
import { ComposeExport } from './compose-export.js';

/** A worker that is not heard of for this long is taken for dead. */
const LEASE_MS = 60_000;
/** How often a worker says that it lives, and how far it is. */
const SIGN_OF_LIFE_MS = 2_000;
const MOST_ATTEMPTS = 5;
/** From a failed attempt to the next. */
const PAUSE_MS = 30_000;

/** The lease is another worker's by now, or the export is gone: whatever this worker still makes of it is void. */
class LeaseLost extends Error {}

/** Makes the exports that people asked for; for the worker. */
@Injectable()
export class BuildExports {
  constructor(
    private readonly database: Database,
    private readonly store: ExportStore,
    private readonly vault: ExportVault,
    private readonly compose: ComposeExport,
    private readonly notices: NoticeStore,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /**
   * Makes the export that has waited longest. Any number of workers may call it at a time: each takes another one, under a
   * lease. Who takes over from a worker that died forgets what that one has made, and begins anew.
   * @param stopping when it aborts, the export goes back into the queue at once
   * @returns whether there was one
   */
  async execute(stopping: AbortSignal): Promise<boolean> {
    const lease = await this.engine((tx) => this.store.claim(tx, LEASE_MS));
    if (!lease) return false;
    try {
      await this.build(lease, stopping);
    } catch (error) {
      if (!(error instanceof LeaseLost)) await this.giveBack(lease, error, stopping.aborted);
    }
    return true;
  }

  private async build(lease: ExportLease, stopping: AbortSignal): Promise<void> {
    const [at, estimated] = await Promise.all([this.engine((tx) => tx.now()), this.compose.estimate(lease)]);
    let done = 0;
    let heardAt = 0;
    const archive = this.compose.execute(lease, at, async () => {
      stopping.throwIfAborted();
      done += 1;
      if (performance.now() < heardAt + SIGN_OF_LIFE_MS) return;
      heardAt = performance.now();
      await this.holding((tx) => this.store.proceed(tx, lease, { done, estimated }, LEASE_MS));
    });
    const hash = createHash('sha256');
    let size = 0;
    let nr = 0;
    for await (const piece of inPieces(archive, CHUNK_BYTES)) {
      hash.update(piece);
      size += piece.length;
      const place = nr++;
      // The fence first: its row stays locked, so that nobody takes over before this chunk is committed.
      await this.holding(
        (tx) => this.store.proceed(tx, lease, { done, estimated }, LEASE_MS),
        (tx) => this.vault.put(tx, lease, place, piece),
      );
    }
    const made = { done, size, sha256: hash.digest() };
    await this.engine(async (tx) => {
      // The person's guard first, as everywhere; the notice draws its number from it.
      const [, now] = await Promise.all([lockPerson(tx, lease), tx.now()]);
      const expiresAt = new Date(now.getTime() + EXPORT_MS);
      if (!(await this.store.finish(tx, lease, made, now, expiresAt))) throw new LeaseLost();
      await this.notices.add(tx, {
        ...{ lane: lease.lane, personId: lease.personId, at: now },
        ...{ kind: 'EXPORT_READY', businessId: null, purpose: null, referenceId: lease.id },
        data: { expiresAt: expiresAt.toISOString() },
      });
    });
  }

  /** Does something only while the lease is held. @throws LeaseLost */
  private async holding(
    hold: (tx: Transaction) => Promise<boolean>,
    then?: (tx: Transaction) => Promise<void>,
  ): Promise<void> {
    await this.engine(async (tx) => {
      if (!(await hold(tx))) throw new LeaseLost();
      await then?.(tx);
    });
  }

  private async giveBack(lease: ExportLease, error: unknown, stopping: boolean): Promise<void> {
    if (stopping) {
      await this.engine((tx) => this.store.release(tx, lease, 0, false));
      return;
    }
    const last = lease.attempts >= MOST_ATTEMPTS;
    this.log.error(
      { err: error, export: lease.id },
      `An export failed; ${last ? 'giving up' : 'trying again'}`,
    );
    await this.engine((tx) =>
      last ? this.store.fail(tx, lease) : this.store.release(tx, lease, PAUSE_MS * lease.attempts, true),
    );
  }

  private engine<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'engine' }, work);
  }
}
