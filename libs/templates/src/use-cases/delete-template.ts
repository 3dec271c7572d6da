import { Injectable } from '@nestjs/common';
import { type BusinessViewer, Refused } from '@assent/accounts';
import { Database } from '@assent/platform';
import { TEMPLATE_REASONS } from '../domain/template-reasons.js';
import { newestOf, type Template } from '../domain/template.js';
import { TemplateStore } from '../persistence/template.store.js';
import { changeTemplate, type NotFound } from './change-template.js';

export type DeleteRefused = NotFound | Refused<'WAS_SUBMITTED'>;

/** Deletes a template that was never submitted: what reviewers saw, or people got, stays on record. */
@Injectable()
export class DeleteTemplate {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
  ) {}

  execute(viewer: BusinessViewer, id: string): Promise<Template | DeleteRefused> {
    return changeTemplate<Template | DeleteRefused>(
      this.database,
      this.templates,
      viewer,
      id,
      async (tx, template) => {
        const { nr, state } = newestOf(template);
        if (nr > 1 || state !== 'DRAFT') {
          return new Refused('WAS_SUBMITTED', TEMPLATE_REASONS.WAS_SUBMITTED.message);
        }
        await this.templates.remove(tx, template.id);
        return template;
      },
    );
  }
}
