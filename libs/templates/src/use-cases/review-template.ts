import { Injectable } from '@nestjs/common';
import { type AdminViewer, Refused } from '@assent/accounts';
import { Database, parseInput, parsePublicId, type Transaction } from '@assent/platform';
import { z } from 'zod';
import { TEMPLATE_REASONS } from '../domain/template-reasons.js';
import type { TemplateState } from '../domain/template.js';
import { type ReviewedVersion, ReviewStore } from '../persistence/review.store.js';
import { TemplateEvents } from '../persistence/template-events.js';
import { TemplateStore } from '../persistence/template.store.js';
import { type AppealCase, ReadReviewQueue, type ReviewCase } from './read-review-queue.js';
import { wordsSchema } from './template-input.js';
import { UnpauseTemplate } from './unpause-template.js';

const rejectionSchema = z.object({ version: z.string(), reason: wordsSchema });
const appealSchema = z.object({ appeal: z.string(), uphold: z.boolean(), reason: wordsSchema });

export type ReviewRefused = Refused<'VERSION_NOT_FOUND' | 'NOT_IN_REVIEW'>;
export type AppealDecisionRefused = Refused<'APPEAL_NOT_FOUND' | 'ALREADY_DECIDED'>;

/** The operator's staff decide about versions and appeals. Of two admins who decide at once, the first one has decided. */
@Injectable()
export class ReviewTemplate {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
    private readonly reviews: ReviewStore,
    private readonly queue: ReadReviewQueue,
    private readonly unpause: UnpauseTemplate,
    private readonly events: TemplateEvents,
  ) {}

  /** The version sends from the next decision on. */
  approve({ adminId }: AdminViewer, input: { version: string }): Promise<ReviewCase | ReviewRefused> {
    return this.decide(input.version, 'APPROVED', null, (tx, id) =>
      this.reviews.approve(tx, id, { by: adminId, reason: null }),
    );
  }

  /** The business reads the reason, and may appeal or edit. @throws BadInputError */
  async reject(
    { adminId }: AdminViewer,
    input: z.input<typeof rejectionSchema>,
  ): Promise<ReviewCase | ReviewRefused> {
    const { version, reason } = parseInput(rejectionSchema, input);
    return this.decide(version, 'REJECTED', reason, (tx, id) =>
      this.reviews.reject(tx, id, { by: adminId, reason }),
    );
  }

  /** Upheld, the rejected version is approved, or the disabled template sends again. @throws BadInputError */
  async decideAppeal(
    { adminId }: AdminViewer,
    input: z.input<typeof appealSchema>,
  ): Promise<AppealCase | AppealDecisionRefused> {
    const { appeal: publicAppealId, uphold, reason } = parseInput(appealSchema, input);
    const id = parsePublicId('tpa', publicAppealId);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const asked = id ? await this.reviews.appealById(tx, id) : undefined;
      if (!asked) return new Refused('APPEAL_NOT_FOUND', TEMPLATE_REASONS.APPEAL_NOT_FOUND.message);
      // Read again behind the lock: what was read before it may have been decided meanwhile.
      const [, appeal] = await Promise.all([
        this.templates.lock(tx, asked.templateId),
        this.reviews.appealById(tx, asked.id),
      ]);
      if (appeal?.upheld !== null) {
        return new Refused('ALREADY_DECIDED', TEMPLATE_REASONS.ALREADY_DECIDED.message);
      }
      const decided = { by: adminId, reason };
      await this.reviews.decideAppeal(tx, appeal.id, uphold, decided);
      if (uphold) {
        if (appeal.versionId) {
          await this.reviews.approve(tx, appeal.versionId, decided);
          const version = await this.reviews.versionById(tx, appeal.versionId);
          if (version) await this.tell(tx, version, 'APPROVED', reason);
        } else await this.unpause.execute(tx, appeal.templateId, await tx.now(), reason);
      }
      const after = await this.reviews.appealById(tx, appeal.id);
      const [found] = await this.queue.appealCases(tx, after ? [after] : []);
      if (!found) throw new Error('An appeal that was decided is not there');
      return found;
    });
  }

  private async decide(
    publicVersionId: string,
    state: 'APPROVED' | 'REJECTED',
    reason: string | null,
    record: (tx: Transaction, versionId: string) => Promise<void>,
  ): Promise<ReviewCase | ReviewRefused> {
    const id = parsePublicId('tpv', publicVersionId);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const asked = id && (await this.reviews.versionById(tx, id));
      if (!asked) return new Refused('VERSION_NOT_FOUND', TEMPLATE_REASONS.VERSION_NOT_FOUND.message);
      const [, version] = await Promise.all([
        this.templates.lock(tx, asked.templateId),
        this.reviews.versionById(tx, id),
      ]);
      if (version?.state !== 'IN_REVIEW') {
        return new Refused(
          'NOT_IN_REVIEW',
          `This version is not in review: it is ${version?.state ?? 'deleted'}.`,
        );
      }
      await record(tx, id);
      await this.tell(tx, version, state, reason);
      const [found] = await this.queue.cases(tx, [{ versionId: id, templateId: version.templateId }]);
      if (!found) throw new Error('A version that was decided is not there');
      return found;
    });
  }

  private async tell(
    tx: Transaction,
    { businessId, templateId, nr }: ReviewedVersion,
    state: TemplateState,
    reason: string | null,
  ): Promise<void> {
    await this.events.tell(tx, { businessId, templateId, version: nr, state, reason, at: await tx.now() });
  }
}
