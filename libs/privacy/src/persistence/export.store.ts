import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type PersonKey, type Transaction, uuid7 } from '@assent/platform';
import type { DataExport, ExportKey, ExportStatus } from '../domain/data-export.js';

const SALT_BYTES = 32;

interface Row {
  lane: number;
  person_id: string;
  id: string;
  status: ExportStatus;
  requested_at: Date;
  expires_at: Date;
  done: number;
  estimated: number | null;
  size: number | null;
  sha256: Buffer | null;
}

/** A worker's hold on an export: every write of it names the fence, and is void once another worker has taken over. */
export interface ExportLease extends ExportKey {
  fence: number;
  salt: Buffer;
  attempts: number;
}

/** An export that a person may fetch, and what opens it. */
export interface FinishedExport extends ExportKey {
  salt: Buffer;
  size: number;
  madeAt: Date;
}

const COLUMNS = 'lane, person_id, id, status, requested_at, expires_at, done, estimated, size, sha256';
const UNDER_WAY = `status IN ('QUEUED', 'RUNNING')`;

/** Exports and what became of them; the bytes are with ExportVault. */
@Injectable()
export class ExportStore {
  /** Exports that were asked for in the last `ms` milliseconds. */
  async recent(tx: Transaction, { lane, personId }: PersonKey, ms: number): Promise<DataExport[]> {
    const rows = await tx.rows<Row>({
      text: `SELECT ${COLUMNS} FROM export_job WHERE lane = $1 AND person_id = $2
        AND (${UNDER_WAY} OR requested_at > (SELECT assent_now()) - make_interval(secs => $3::float8 / 1000))`,
      values: [lane, personId, ms],
    });
    return rows.map(toExport);
  }

  async add(tx: Transaction, { lane, personId }: PersonKey, at: Date, expiresAt: Date): Promise<DataExport> {
    const [row] = await tx.rows<Row>({
      text: `INSERT INTO export_job (lane, person_id, id, requested_at, expires_at, salt)
        VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
      values: [lane, personId, uuid7(at.getTime(), lane), at, expiresAt, randomBytes(SALT_BYTES)],
    });
    if (!row) throw new Error('An export was added and is not there');
    return toExport(row);
  }

  /** A person's exports that have not expired, newest first, before one. */
  async page(
    tx: Transaction,
    { lane, personId }: PersonKey,
    before: string | null,
    limit: number,
  ): Promise<DataExport[]> {
    const rows = await tx.rows<Row>({
      text: `SELECT ${COLUMNS} FROM export_job WHERE lane = $1 AND person_id = $2 AND ($3::uuid IS NULL OR id < $3)
        AND expires_at > (SELECT assent_now()) ORDER BY id DESC LIMIT $4`,
      values: [lane, personId, before, limit],
    });
    return rows.map(toExport);
  }

  /** One of a person's exports that has not expired. */
  async byId(tx: Transaction, { lane, personId }: PersonKey, id: string): Promise<DataExport | undefined> {
    const [row] = await tx.rows<Row>({
      text: `SELECT ${COLUMNS} FROM export_job
        WHERE lane = $1 AND person_id = $2 AND id = $3 AND expires_at > (SELECT assent_now())`,
      values: [lane, personId, id],
    });
    return row && toExport(row);
  }

  /** One that can be fetched: ready, and not expired. */
  async finished(
    tx: Transaction,
    { lane, personId }: PersonKey,
    id: string,
  ): Promise<FinishedExport | undefined> {
    const [row] = await tx.rows<{ salt: Buffer; size: number; made_at: Date }>({
      text: `SELECT salt, size, made_at FROM export_job WHERE lane = $1 AND person_id = $2 AND id = $3
        AND status = 'READY' AND expires_at > (SELECT assent_now())`,
      values: [lane, personId, id],
    });
    return row && { lane, personId, id, salt: row.salt, size: row.size, madeAt: row.made_at };
  }

  /** Takes the oldest export that nobody makes, and forgets what a worker that died has made of it. */
  async claim(tx: Transaction, leaseMs: number): Promise<ExportLease | undefined> {
    const [row] = await tx.rows<{
      lane: number;
      person_id: string;
      id: string;
      fence: number;
      salt: Buffer;
      attempts: number;
    }>({
      text: `UPDATE export_job job SET status = 'RUNNING', done = 0, estimated = NULL, fence = job.fence + 1,
          attempts = job.attempts + 1,
          lease_until = (SELECT assent_now()) + make_interval(secs => $1::float8 / 1000)
        FROM (
          SELECT lane, person_id, id FROM export_job
          WHERE ${UNDER_WAY} AND (lease_until IS NULL OR lease_until <= (SELECT assent_now()))
          ORDER BY requested_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
        ) due
        WHERE job.lane = due.lane AND job.person_id = due.person_id AND job.id = due.id
        RETURNING job.lane, job.person_id, job.id, job.fence, job.salt, job.attempts`,
      values: [leaseMs],
    });
    if (!row) return undefined;
    await tx.run({
      text: 'DELETE FROM export_chunk WHERE lane = $1 AND person_id = $2 AND job_id = $3',
      values: [row.lane, row.person_id, row.id],
    });
    const { lane, person_id: personId, id, fence, salt, attempts } = row;
    return { lane, personId, id, fence, salt, attempts };
  }

  /** Says how far it is, and that its worker lives. @returns false where the lease is another worker's, or the job gone */
  async proceed(
    tx: Transaction,
    lease: ExportLease,
    { done, estimated }: { done: number; estimated: number },
    leaseMs: number,
  ): Promise<boolean> {
    return this.held(
      tx,
      lease,
      `done = $5, estimated = $6,
      lease_until = (SELECT assent_now()) + make_interval(secs => $7::float8 / 1000)`,
      [done, Math.max(1, estimated), leaseMs],
    );
  }

  /** @returns false where the lease is another worker's, or the job gone */
  async finish(
    tx: Transaction,
    lease: ExportLease,
    { done, size, sha256 }: { done: number; size: number; sha256: Buffer },
    madeAt: Date,
    expiresAt: Date,
  ): Promise<boolean> {
    return this.held(
      tx,
      lease,
      `status = 'READY', lease_until = NULL, done = $5, size = $6, sha256 = $7, made_at = $8, expires_at = $9`,
      [done, size, sha256, madeAt, expiresAt],
    );
  }

  /** Puts it back into the queue: for somebody else, not before `afterMs` milliseconds. */
  async release(tx: Transaction, lease: ExportLease, afterMs: number, counts: boolean): Promise<boolean> {
    return this.held(
      tx,
      lease,
      `status = 'QUEUED', attempts = attempts - $5::smallint,
      lease_until = (SELECT assent_now()) + make_interval(secs => $6::float8 / 1000)`,
      [counts ? 0 : 1, afterMs],
    );
  }

  async fail(tx: Transaction, lease: ExportLease): Promise<boolean> {
    return this.held(tx, lease, `status = 'FAILED', lease_until = NULL`, []);
  }

  /** Removes exports that have expired, with their bytes, and those that nobody came to make. @returns how many */
  async forget(tx: Transaction, limit: number): Promise<number> {
    return tx.run({
      text: `DELETE FROM export_job WHERE (lane, person_id, id) IN (
          SELECT lane, person_id, id FROM export_job WHERE expires_at <= (SELECT assent_now())
          ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED
        )`,
      values: [limit],
    });
  }

  private async held(
    tx: Transaction,
    { lane, personId, id, fence }: ExportLease,
    changes: string,
    values: unknown[],
  ): Promise<boolean> {
    const changed = await tx.run({
      text: `UPDATE export_job SET ${changes}
        WHERE lane = $1 AND person_id = $2 AND id = $3 AND fence = $4 AND status = 'RUNNING'`,
      values: [lane, personId, id, fence, ...values],
    });
    return changed === 1;
  }
}

function toExport(row: Row): DataExport {
  return {
    lane: row.lane,
    personId: row.person_id,
    id: row.id,
    status: row.status,
    requestedAt: row.requested_at,
    expiresAt: row.expires_at,
    done: row.done,
    estimated: row.estimated,
    size: row.size,
    sha256: row.sha256,
  };
}
