import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { In, MoreThan } from 'typeorm';
import type { RequestOfBusiness, Verification, VerificationDecision } from '../domain/verification.js';
import { BusinessRow } from './business.row.js';
import { VerificationRow } from './verification.row.js';

/** Requests of businesses to be verified. */
@Injectable()
export class VerificationStore {
  /** The newest request of a business. */
  latest(tx: Transaction, businessId: string): Promise<Verification | null> {
    return tx.manager.findOne(VerificationRow, { where: { businessId }, order: { id: 'DESC' } });
  }

  /** The newest request of each of these businesses, by its id. */
  async latestOf(tx: Transaction, businessIds: readonly string[]): Promise<Map<string, Verification>> {
    const newest = await tx.rows<{ id: string }>({
      text: `SELECT newest.id FROM unnest($1::uuid[]) AS asked (id) CROSS JOIN LATERAL (
          SELECT id FROM verification WHERE business_id = asked.id ORDER BY id DESC LIMIT 1) newest`,
      values: [businessIds],
    });
    const verifications = await tx.manager.findBy(VerificationRow, { id: In(newest.map(({ id }) => id)) });
    return new Map(verifications.map((verification) => [verification.businessId, verification]));
  }

  async add(tx: Transaction, verification: Verification): Promise<void> {
    await tx.manager.insert(VerificationRow, verification);
  }

  /** Open requests with their businesses, oldest first; one more than asked for, if there is one. */
  async queue(tx: Transaction, first: number, after: string | undefined): Promise<RequestOfBusiness[]> {
    const open = await tx.manager.find(VerificationRow, {
      where: { status: 'PENDING', ...(after ? { id: MoreThan(after) } : {}) },
      order: { id: 'ASC' },
      take: first + 1,
    });
    const businesses = await tx.manager.findBy(BusinessRow, {
      id: In(open.map(({ businessId }) => businessId)),
    });
    const byId = new Map(businesses.map((business) => [business.id, business]));
    return open.flatMap((verification) => {
      const business = byId.get(verification.businessId);
      return business ? [{ verification, business }] : [];
    });
  }

  /**
   * A request and its business, both rows locked until the end of the transaction; undefined where there is no such
   * request. The business is locked first, as it is where a request is made, and what is read is read after that.
   */
  async lock(tx: Transaction, id: string): Promise<RequestOfBusiness | undefined> {
    const [, , request] = await Promise.all([
      tx.run({
        text: `SELECT FROM business WHERE id = (SELECT business_id FROM verification WHERE id = $1)
          FOR NO KEY UPDATE`,
        values: [id],
      }),
      tx.run({ text: 'SELECT FROM verification WHERE id = $1 FOR NO KEY UPDATE', values: [id] }),
      this.byId(tx, id),
    ]);
    return request;
  }

  async decide(
    tx: Transaction,
    id: string,
    { status, decidedBy, reason }: VerificationDecision,
  ): Promise<void> {
    await tx.run({
      text: `UPDATE verification SET status = $2::verification_status, decided_by = $3, decided_at = assent_now(), reason = $4
        WHERE id = $1`,
      values: [id, status, decidedBy, reason],
    });
  }

  async byId(tx: Transaction, id: string): Promise<RequestOfBusiness | undefined> {
    const verification = await tx.manager.findOneBy(VerificationRow, { id });
    if (!verification) return undefined;
    const business = await tx.manager.findOneByOrFail(BusinessRow, { id: verification.businessId });
    return { verification, business };
  }
}
