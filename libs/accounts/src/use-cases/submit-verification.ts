import { Injectable } from '@nestjs/common';
import { AuditOperations } from '@assent/ledger';
import { Database, parseInput, publicId, type Transaction, uuid7 } from '@assent/platform';
import { z } from 'zod';
import { BusinessCategory } from '../domain/business.js';
import { mayMove } from '../domain/business-states.js';
import { Refused } from '../domain/refused.js';
import { takeOne } from '../domain/rolling-limit.js';
import { DomainEvidence, type Verification } from '../domain/verification.js';
import type { BusinessViewer } from '../domain/viewers.js';
import type { Website } from '../domain/website.js';
import { BusinessStore } from '../persistence/business.store.js';
import { DomainCheckStore } from '../persistence/domain-check.store.js';
import { VerificationStore } from '../persistence/verification.store.js';
import { type OwnBusiness } from './describe-viewer.js';
import { ProveDomain } from './prove-domain.js';
import { countryRule, nameRule } from './rules.js';

/** Each check is a request to a server that the business chose: enough for corrections, too few to be a weapon. */
const CHECK_LIMIT = { most: 10, windowMs: 10 * 60_000 };

const schema = z.object({
  legalName: nameRule(200),
  registrationNumber: nameRule(64),
  country: countryRule,
  website: z.string(),
  category: z.enum(BusinessCategory, `must be one of ${Object.keys(BusinessCategory).join(', ')}`).nullish(),
  evidence: z.enum(DomainEvidence, `must be one of ${Object.keys(DomainEvidence).join(', ')}`),
});

export type SubmissionRefused = Refused<'NOT_ALLOWED_IN_STATE' | 'DOMAIN_NOT_PROVEN' | 'TOO_MANY_CHECKS'>;

/** Asks the operator to verify a business, with evidence that it controls its domain, which is checked at once. */
@Injectable()
export class SubmitVerification {
  constructor(
    private readonly database: Database,
    private readonly businesses: BusinessStore,
    private readonly verifications: VerificationStore,
    private readonly checks: DomainCheckStore,
    private readonly proof: ProveDomain,
    private readonly audit: AuditOperations,
  ) {}

  async execute(
    viewer: BusinessViewer,
    input: z.input<typeof schema>,
  ): Promise<OwnBusiness | SubmissionRefused> {
    const submission = parseInput(schema, input);
    const website = this.proof.website(submission.website, 'input.website');
    const { businessId } = viewer;
    const scope = { role: 'business', businessId } as const;

    // Before the network is asked and again after it: what was free then may be taken now.
    const early = await this.database.transaction(scope, async (tx) => {
      return (await this.lockMovable(tx, businessId)) ?? (await this.countCheck(tx, businessId));
    });
    if (early) return early;
    const unproven = await this.proof.check(this.proof.challenge(businessId, website), submission.evidence);
    if (unproven) return unproven;
    return this.database.transaction(scope, async (tx) => {
      return (await this.lockMovable(tx, businessId)) ?? this.record(tx, viewer, submission, website);
    });
  }

  private async lockMovable(tx: Transaction, businessId: string) {
    const status = await this.businesses.lockStatus(tx, businessId);
    if (mayMove(status, 'PENDING', 'MEMBER')) return undefined;
    return new Refused(
      'NOT_ALLOWED_IN_STATE',
      `A business that is ${status} can not ask to be verified; only one that is UNVERIFIED can.`,
    );
  }

  private async countCheck(tx: Transaction, businessId: string) {
    const { times, now } = await this.checks.lock(tx, businessId);
    const check = takeOne(CHECK_LIMIT, times, now);
    if ('retryAt' in check) {
      const message = `${CHECK_LIMIT.most} checks of a domain were made in the last 10 minutes. Submit again later.`;
      return new Refused('TOO_MANY_CHECKS', message, check.retryAt);
    }
    await this.checks.keep(tx, businessId, check.times);
    return undefined;
  }

  private async record(
    tx: Transaction,
    { businessId, actor }: BusinessViewer,
    { legalName, registrationNumber, country, category, evidence }: z.output<typeof schema>,
    website: Website,
  ): Promise<OwnBusiness> {
    if (!('memberId' in actor)) throw new Error('Only a member asks to be verified');
    const now = await tx.now();
    const verification: Verification = {
      id: uuid7(now.getTime()),
      businessId,
      status: 'PENDING',
      legalName,
      registrationNumber,
      country,
      website: website.url,
      category: category ?? null,
      evidence,
      evidenceCheckedAt: now,
      submittedBy: actor.memberId,
      submittedAt: now,
      decidedBy: null,
      decidedAt: null,
      reason: null,
    };
    await this.verifications.add(tx, verification);
    await this.businesses.setStatus(tx, businessId, 'PENDING');
    const business = await this.businesses.byId(tx, businessId);
    await this.audit.recordDone(tx, [publicId('ver', verification.id)]);
    return { business, verification };
  }
}
