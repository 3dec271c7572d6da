import { Injectable } from '@nestjs/common';
import { type BusinessViewer, Refused } from '@assent/accounts';
import { Database, parseInput, uuid7 } from '@assent/platform';
import { z } from 'zod';
import { TEMPLATE_REASONS } from '../domain/template-reasons.js';
import { newestOf, type Template, type TemplateAppeal } from '../domain/template.js';
import { ReviewStore } from '../persistence/review.store.js';
import { TemplateStore } from '../persistence/template.store.js';
import { changeTemplate, type NotFound } from './change-template.js';
import { wordsSchema } from './template-input.js';

const schema = z.object({ id: z.string(), words: wordsSchema });

export type AppealRefused = NotFound | Refused<'NOTHING_TO_APPEAL' | 'ALREADY_APPEALED'>;

/** Appeals against the rejection of the newest version, or against the disabling of the template: once for each. */
@Injectable()
export class AppealTemplate {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
    private readonly reviews: ReviewStore,
  ) {}

  /** The same words again, while it is open, answer with the appeal that is there. @throws BadInputError */
  async execute(
    viewer: BusinessViewer,
    input: z.input<typeof schema>,
  ): Promise<TemplateAppeal | AppealRefused> {
    const { id: publicTemplateId, words } = parseInput(schema, input);
    return changeTemplate<TemplateAppeal | AppealRefused>(
      this.database,
      this.templates,
      viewer,
      publicTemplateId,
      async (tx, template) => {
        const against = whatAgainst(template);
        if (!against) {
          return new Refused('NOTHING_TO_APPEAL', TEMPLATE_REASONS.NOTHING_TO_APPEAL.message);
        }
        const latest = (await this.reviews.latestAppeals(tx, [template.id])).get(template.id);
        if (latest && isAgainst(latest, against)) {
          return latest.upheld === null && latest.words === words
            ? latest
            : new Refused('ALREADY_APPEALED', TEMPLATE_REASONS.ALREADY_APPEALED.message);
        }
        const madeAt = await tx.now();
        const appeal = { ...against, id: uuid7(madeAt.getTime()), templateId: template.id, words, madeAt };
        await this.reviews.addAppeal(tx, template.businessId, appeal);
        return { ...appeal, upheld: null, decidedBy: null, decidedAt: null, reason: null };
      },
    );
  }
}

type Against = Pick<TemplateAppeal, 'versionId' | 'disabledAt'>;

/** The disabling, where there is one: an appeal against a rejection would not let anything be sent. */
function whatAgainst(template: Template): Against | undefined {
  if (template.disabledAt) return { versionId: null, disabledAt: template.disabledAt };
  const { id, state } = newestOf(template);
  return state === 'REJECTED' ? { versionId: id, disabledAt: null } : undefined;
}

function isAgainst(appeal: Against, { versionId, disabledAt }: Against): boolean {
  return appeal.versionId === versionId && appeal.disabledAt?.getTime() === disabledAt?.getTime();
}
