import { Injectable } from '@nestjs/common';
import { type BusinessViewer, Refused } from '@assent/accounts';
import { Database, parseInput, uuid7 } from '@assent/platform';
import type { z } from 'zod';
import { newestOf, sameContent, type Template } from '../domain/template.js';
import { TemplateStore } from '../persistence/template.store.js';
import { asItIs, changeTemplate, type NotFound } from './change-template.js';
import { contentOf, editSchema } from './template-input.js';

/** Far beyond what reviews take, and few enough to keep for ever. */
const MOST_VERSIONS = 1_000;

export type EditRefused = NotFound | Refused<'VERSION_IN_REVIEW' | 'TEMPLATE_DISABLED' | 'TOO_MANY_VERSIONS'>;

/** Changes a template's draft, or begins a new version; the approved one keeps sending meanwhile. */
@Injectable()
export class EditTemplate {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
  ) {}

  /** The content that is there already changes nothing. @throws BadInputError */
  async execute(viewer: BusinessViewer, input: z.input<typeof editSchema>): Promise<Template | EditRefused> {
    const { id, ...written } = parseInput(editSchema, input);
    const content = contentOf(written);
    return changeTemplate<Template | EditRefused>(
      this.database,
      this.templates,
      viewer,
      id,
      async (tx, template) => {
        const newest = newestOf(template);
        if (sameContent(newest, content)) return template;
        const refused = whyNot(template);
        if (refused) return refused;
        const createdAt = await tx.now();
        const version = { ...content, id: newest.id, createdAt };
        if (newest.state === 'DRAFT') await this.templates.rewriteDraft(tx, template.businessId, version);
        else {
          const next = { ...version, id: uuid7(createdAt.getTime()), nr: newest.nr + 1 };
          await this.templates.addVersion(tx, template, next);
        }
        return asItIs(tx, this.templates, template);
      },
    );
  }
}

function whyNot(template: Template): EditRefused | undefined {
  const { state, nr } = newestOf(template);
  if (template.disabledAt) {
    return new Refused(
      'TEMPLATE_DISABLED',
      'A disabled template can not be edited. Appeal, or make another one.',
    );
  }
  if (state === 'IN_REVIEW') {
    return new Refused(
      'VERSION_IN_REVIEW',
      `Version ${nr} is in review. Edit the template once it is decided.`,
    );
  }
  if (state !== 'DRAFT' && nr >= MOST_VERSIONS) {
    return new Refused(
      'TOO_MANY_VERSIONS',
      `A template has at most ${MOST_VERSIONS} versions. Make another one.`,
    );
  }
  return undefined;
}
