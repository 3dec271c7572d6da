import { Injectable } from '@nestjs/common';
import type { BusinessStatus } from '@assent/accounts';
import type { Transaction } from '@assent/platform';
import type { EarlierAnswer, ImportAnswer } from '../domain/import-plan.js';

/** An answer to be kept. */
export interface NewImportAnswer {
  /** In hex, as all hashes here. */
  keyHash: string;
  bodyHash: string;
  answer: ImportAnswer;
}

/** What businesses were answered about opt-ins; in the role `engine`. */
@Injectable()
export class ImportAnswerStore {
  /** What the business is; only a verified one may import. */
  async statusOf(tx: Transaction, businessId: string): Promise<BusinessStatus> {
    const [business] = await tx.rows<{ status: BusinessStatus }>({
      name: 'import-business',
      text: 'SELECT status FROM business WHERE id = $1',
      values: [businessId],
    });
    if (!business) throw new Error('A business that is signed in has no row');
    return business.status;
  }

  /** The answers that were given, by hash. */
  async earlier(tx: Transaction, keyHashes: readonly string[]): Promise<Map<string, EarlierAnswer>> {
    const rows = await tx.rows<{ key: string; body: string; answer: ImportAnswer }>({
      name: 'import-earlier',
      text: `SELECT encode(key_hash, 'hex') AS key, encode(body_hash, 'hex') AS body, answer
        FROM consent_import_answer WHERE key_hash = ANY ($1::bytea[])`,
      values: [keyHashes.map((hash) => Buffer.from(hash, 'hex'))],
    });
    return new Map(rows.map(({ key, body, answer }) => [key, { bodyHash: body, answer }]));
  }

  /**
   * Keeps first answers, in the order of their hashes, so that two calls with the same ones wait and do not deadlock.
   * @returns false where somebody else answered one of them meanwhile: the transaction must not commit
   */
  async keep(tx: Transaction, answers: readonly NewImportAnswer[]): Promise<boolean> {
    const kept = await tx.run({
      name: 'import-keep',
      text: `INSERT INTO consent_import_answer (key_hash, body_hash, answer)
        SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::text[]) AS answer (key_hash, body_hash, answer)
        ORDER BY key_hash ON CONFLICT DO NOTHING`,
      values: [
        answers.map(({ keyHash }) => Buffer.from(keyHash, 'hex')),
        answers.map(({ bodyHash }) => Buffer.from(bodyHash, 'hex')),
        answers.map(({ answer }) => answer),
      ],
    });
    return kept === answers.length;
  }
}
