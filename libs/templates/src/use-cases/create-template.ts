import { Injectable } from '@nestjs/common';
import { type BusinessViewer, Refused } from '@assent/accounts';
import { Database, isUniqueViolation, parseInput, uuid7 } from '@assent/platform';
import type { z } from 'zod';
import { TEMPLATE_REASONS } from '../domain/template-reasons.js';
import { newestOf, sameContent, type Template, type TemplateContent } from '../domain/template.js';
import { TemplateStore } from '../persistence/template.store.js';
import { asItIs } from './change-template.js';
import { contentOf, createSchema } from './template-input.js';

/** A business that needs more has put into templates what belongs into parameters. */
const MOST_TEMPLATES = 1_000;

export type CreateRefused = Refused<'NAME_TAKEN' | 'TOO_MANY_TEMPLATES'>;

/** Makes a template with its first draft. Its name is its key: the same once more answers with what is there. */
@Injectable()
export class CreateTemplate {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
  ) {}

  /** @throws BadInputError */
  async execute(
    { account: { id: businessId } }: BusinessViewer,
    input: z.input<typeof createSchema>,
  ): Promise<Template | CreateRefused> {
    const { name, purpose, ...written } = parseInput(createSchema, input);
    const content = contentOf(written);
    try {
      return await this.create(businessId, { name, purpose }, content);
    } catch (error) {
      // Somebody made one of that name meanwhile: now it is there to be answered with.
      if (!isUniqueViolation(error, 'template_by_name')) throw error;
      return this.create(businessId, { name, purpose }, content);
    }
  }

  private create(
    businessId: string,
    { name, purpose }: Pick<Template, 'name' | 'purpose'>,
    content: TemplateContent,
  ): Promise<Template | CreateRefused> {
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      const [there, now, count] = await Promise.all([
        this.templates.idByName(tx, businessId, name),
        tx.now(),
        this.templates.count(tx, businessId),
      ]);
      if (there) {
        const template = await this.templates.byId(tx, there);
        if (template && template.purpose === purpose && sameContent(newestOf(template), content))
          return template;
        return new Refused('NAME_TAKEN', TEMPLATE_REASONS.NAME_TAKEN.message);
      }
      if (count >= MOST_TEMPLATES) {
        return new Refused(
          'TOO_MANY_TEMPLATES',
          `A business has at most ${MOST_TEMPLATES} templates. Put into parameters what differs between them.`,
        );
      }
      const id = uuid7(now.getTime());
      await this.templates.add(
        tx,
        { id, businessId, name, purpose, createdAt: now },
        { ...content, id: uuid7(now.getTime()), nr: 1, createdAt: now },
      );
      return asItIs(tx, this.templates, { id });
    });
  }
}
