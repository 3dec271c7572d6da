import { Injectable } from '@nestjs/common';
import { type BusinessViewer, IdentityStore, Refused } from '@assent/accounts';
import { Database, type Transaction } from '@assent/platform';
import { categoryHint, type HintGround } from '../domain/review/hint.js';
import { TEMPLATE_REASONS } from '../domain/template-reasons.js';
import { newestOf, type Template } from '../domain/template.js';
import { TemplateStore } from '../persistence/template.store.js';
import { asItIs, changeTemplate, type NotFound } from './change-template.js';

export type SubmitRefused = NotFound | Refused<'NOT_VERIFIED' | 'NOTHING_TO_SUBMIT' | 'TEMPLATE_DISABLED'>;

/** A template whose newest version is in review, and what makes it read like MARKETING if it is none. */
export interface Submitted {
  template: Template;
  categoryHint: HintGround[];
}

/** Hands a draft over to the operator's reviewers. From then on that version can not change. */
@Injectable()
export class SubmitTemplate {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
    private readonly identities: IdentityStore,
  ) {}

  /** What is in review already stays so, and answers alike. */
  execute(viewer: BusinessViewer, id: string): Promise<Submitted | SubmitRefused> {
    return changeTemplate<Submitted | SubmitRefused>(
      this.database,
      this.templates,
      viewer,
      id,
      async (tx, template) => {
        const newest = newestOf(template);
        const refused = newest.state === 'IN_REVIEW' ? undefined : await this.whyNot(tx, template);
        if (refused) return refused;
        if (newest.state === 'DRAFT') await this.templates.submit(tx, newest.id);
        return {
          template: await asItIs(tx, this.templates, template),
          categoryHint: categoryHint(template.purpose, newest),
        };
      },
    );
  }

  private async whyNot(tx: Transaction, template: Template): Promise<SubmitRefused | undefined> {
    const identity = (await this.identities.byIds(tx, [template.businessId])).get(template.businessId);
    if (identity?.status !== 'VERIFIED') {
      return new Refused('NOT_VERIFIED', TEMPLATE_REASONS.NOT_VERIFIED.message);
    }
    if (template.disabledAt) {
      return new Refused(
        'TEMPLATE_DISABLED',
        'A disabled template can not be reviewed. Appeal, or make another one.',
      );
    }
    const { state, nr } = newestOf(template);
    if (state === 'DRAFT') return undefined;
    return new Refused('NOTHING_TO_SUBMIT', `Version ${nr} is ${state}. Edit the template first.`);
  }
}
