import { Injectable } from '@nestjs/common';
import { type Identity, IdentityStore } from '@assent/accounts';
import { Database, type PageArgs, type Transaction, readPage } from '@assent/platform';
import { reviewHint, type ReviewHint } from '../domain/review/hint.js';
import type { Template, TemplateAppeal, TemplateVersion } from '../domain/template.js';
import { ReviewStore } from '../persistence/review.store.js';
import { TemplateStore } from '../persistence/template.store.js';

/** A version under review, with all that a reviewer needs. */
export interface ReviewCase {
  template: Template;
  version: TemplateVersion;
  business: Identity;
  hint: ReviewHint;
}

/** An appeal with what it is about. */
export interface AppealCase {
  appeal: TemplateAppeal;
  template: Template;
  business: Identity;
}

/** The operator's staff read what waits for them. */
@Injectable()
export class ReadReviewQueue {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
    private readonly reviews: ReviewStore,
    private readonly identities: IdentityStore,
  ) {}

  /** Versions in review in the order of their submission, one more than a page holds, if there is one. */
  async versions(args: PageArgs): Promise<ReviewCase[]> {
    const { first, after } = readPage('templateQueue', 'tpv', args);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const queue = await this.reviews.queue(tx, after, first + 1);
      return this.cases(tx, queue);
    });
  }

  /** Appeals that nobody has decided, oldest first, one more than a page holds, if there is one. */
  async appeals(args: PageArgs): Promise<AppealCase[]> {
    const { first, after } = readPage('templateAppealQueue', 'tpa', args);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const appeals = await this.reviews.appealQueue(tx, after, first + 1);
      return this.appealCases(tx, appeals);
    });
  }

  /** Versions as their reviewer sees them, in order. */
  async cases(
    tx: Transaction,
    queue: readonly { versionId: string; templateId: string }[],
  ): Promise<ReviewCase[]> {
    const { templates, businesses } = await this.around(
      tx,
      queue.map(({ templateId }) => templateId),
    );
    return queue.flatMap(({ versionId, templateId }) => {
      const template = templates.get(templateId);
      const version = template?.versions.find(({ id }) => id === versionId);
      const business = template && businesses.get(template.businessId);
      return version && business
        ? [{ template, version, business, hint: reviewHint(template.purpose, version, business) }]
        : [];
    });
  }

  /** Appeals as their reviewer sees them, in order. */
  async appealCases(tx: Transaction, appeals: readonly TemplateAppeal[]): Promise<AppealCase[]> {
    const { templates, businesses } = await this.around(
      tx,
      appeals.map(({ templateId }) => templateId),
    );
    return appeals.flatMap((appeal) => {
      const template = templates.get(appeal.templateId);
      const business = template && businesses.get(template.businessId);
      return business ? [{ appeal, template, business }] : [];
    });
  }

  private async around(tx: Transaction, templateIds: readonly string[]) {
    const templates = await this.templates.byIds(tx, templateIds);
    const businesses = await this.identities.byIds(
      tx,
      [...templates.values()].map(({ businessId }) => businessId),
    );
    return { templates, businesses };
  }
}
