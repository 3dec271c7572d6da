import { column, HEX, type Statement, unseen } from '@assent/platform';
import type { Answer, Deferral, Earlier } from '../domain/plan.js';
import type { Reason } from '../domain/reasons.js';

/** What an idempotency key was answered. */
export type EarlierRow = {
  key_hash: Buffer;
  body_hash: Buffer;
  created_at: Date;
  retry_at: Date | null;
  parameter: string | null;
} & ({ message_id: null; reason: Reason } | { message_id: string; reason: Reason | null });

/**
 * Answers of the last 7 days, by hashes in hex. Not in the partitions that are kept ready, but where a clock that was set back by up to
 * a day left them.
 */
export function loadEarlier(keyHashes: string[]): Statement {
  return {
    name: 'send-load-earlier',
    text: `SELECT i.key_hash, i.body_hash, i.created_at, i.message_id, i.reason, i.retry_at, i.parameter
      FROM unnest(${unseen(1, 'bytea')}) AS asked (key_hash) JOIN idempotency i ON i.key_hash = asked.key_hash
      WHERE i.created_at > (SELECT assent_now()) - interval '7 days'
        AND i.created_at < (SELECT assent_now()) + interval '1 day'`,
    values: [column(HEX, keyHashes, (hash) => hash)],
  };
}

export function toEarlier(row: EarlierRow): Earlier {
  const answer: Answer =
    row.message_id === null
      ? { accepted: false, reason: row.reason, retryAt: row.retry_at, parameter: row.parameter, others: null }
      : { accepted: true, messageId: row.message_id, at: row.created_at, deferral: toDeferral(row) };
  return { bodyHash: row.body_hash.toString('hex'), answer };
}

function toDeferral({ reason, retry_at: until }: EarlierRow): Deferral | null {
  return reason !== null && until !== null ? { reason, until } : null;
}
