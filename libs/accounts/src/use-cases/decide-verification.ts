import { Injectable } from '@nestjs/common';
import {
  appendEvents,
  Database,
  isStorable,
  parseInput,
  parsePublicId,
  type Transaction,
} from '@assent/platform';
import { z } from 'zod';
import { ACCOUNT_REASONS } from '../domain/account-reasons.js';
import type { Business } from '../domain/business.js';
import { type BusinessStatus, mayMove } from '../domain/business-states.js';
import { Refused } from '../domain/refused.js';
import type { RequestOfBusiness, Verification, VerificationDecision } from '../domain/verification.js';
import type { AdminViewer } from '../domain/viewers.js';
import { BusinessStore } from '../persistence/business.store.js';
import { VerificationStore } from '../persistence/verification.store.js';

const rejectionSchema = z.object({
  id: z.string(),
  reason: z
    .string()
    .trim()
    .min(1, 'must have 1 to 1000 characters')
    .max(1_000, 'must have 1 to 1000 characters')
    .refine(isStorable, 'must be well-formed text'),
});

export type DecisionRefused = Refused<'ALREADY_DECIDED' | 'VERIFICATION_NOT_FOUND' | 'NOT_ALLOWED_IN_STATE'>;

/** Approves or rejects a request to be verified. Of two admins who decide at once, the first one has decided. */
@Injectable()
export class DecideVerification {
  constructor(
    private readonly database: Database,
    private readonly businesses: BusinessStore,
    private readonly verifications: VerificationStore,
  ) {}

  /** The business is VERIFIED, of the category that it named, and may reach at least 2,000 people a day. */
  async approve(
    { adminId }: AdminViewer,
    input: { id: string },
  ): Promise<RequestOfBusiness | DecisionRefused> {
    return this.decide(
      input.id,
      'VERIFIED',
      { status: 'APPROVED', decidedBy: adminId, reason: null },
      async (tx, { id }, { category }) => {
        await this.businesses.setCategory(tx, id, category);
        await this.businesses.raiseReachTier(tx, id, 'TIER_2K', adminId);
      },
    );
  }

  /** The business is UNVERIFIED again, reads the reason, and may submit once more. */
  async reject(
    { adminId }: AdminViewer,
    input: z.input<typeof rejectionSchema>,
  ): Promise<RequestOfBusiness | DecisionRefused> {
    const { id, reason } = parseInput(rejectionSchema, input);
    return this.decide(id, 'UNVERIFIED', { status: 'REJECTED', decidedBy: adminId, reason });
  }

  private async decide(
    publicVerificationId: string,
    to: BusinessStatus,
    decision: VerificationDecision,
    furthermore?: (tx: Transaction, business: Business, verification: Verification) => Promise<void>,
  ): Promise<RequestOfBusiness | DecisionRefused> {
    const id = parsePublicId('ver', publicVerificationId);
    if (!id) return notFound();
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const request = await this.verifications.lock(tx, id);
      if (!request) return notFound();
      const { verification, business } = request;
      if (verification.status !== 'PENDING') {
        return new Refused(
          'ALREADY_DECIDED',
          `This request was decided before: it is ${verification.status}.`,
        );
      }
      if (!mayMove(business.status, to, 'ADMIN')) {
        return new Refused(
          'NOT_ALLOWED_IN_STATE',
          `A business that is ${business.status} can not become ${to}.`,
        );
      }
      await this.verifications.decide(tx, id, decision);
      await this.businesses.setStatus(tx, business.id, to);
      await furthermore?.(tx, business, verification);
      const data = { verification: id, status: decision.status };
      await appendEvents(tx, [
        { businessId: business.id, type: 'verification.decided', data, at: await tx.now() },
      ]);
      return (await this.verifications.byId(tx, id)) ?? notFound();
    });
  }
}

function notFound(): Refused<'VERIFICATION_NOT_FOUND'> {
  return new Refused('VERIFICATION_NOT_FOUND', ACCOUNT_REASONS.VERIFICATION_NOT_FOUND.message);
}
