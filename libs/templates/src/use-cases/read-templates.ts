import { Injectable } from '@nestjs/common';
import { type BusinessViewer } from '@assent/accounts';
import { Database, type PageArgs, parsePublicId, readPage } from '@assent/platform';
import type { Template, TemplateAppeal, TemplateState } from '../domain/template.js';
import { ReviewStore } from '../persistence/review.store.js';
import { TemplateStore } from '../persistence/template.store.js';
import { nameSchema } from './template-input.js';

/** A business reads its own templates: they are the same in test mode. */
@Injectable()
export class ReadTemplates {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
    private readonly reviews: ReviewStore,
  ) {}

  /** Newest first, one more than a page holds, if there is one. @throws BadInputError */
  async page(
    { account: { id: businessId } }: BusinessViewer,
    { state, ...args }: PageArgs & { state: TemplateState | null },
  ): Promise<Template[]> {
    const { first, after } = readPage('templates', 'tpl', args);
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      const ids = await this.templates.page(tx, businessId, { state, after, limit: first + 1 });
      const templates = await this.templates.byIds(tx, ids);
      return ids.flatMap((id) => templates.get(id) ?? []);
    });
  }

  /** By id or by name; undefined where this business has none such. */
  async one(
    { account: { id: businessId } }: BusinessViewer,
    by: { id?: string | null; name?: string | null },
  ): Promise<Template | undefined> {
    const given = by.id ? parsePublicId('tpl', by.id) : undefined;
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      const { data: name } = nameSchema.safeParse(by.name);
      const id = given ?? (name && (await this.templates.idByName(tx, businessId, name)));
      return id ? this.templates.byId(tx, id) : undefined;
    });
  }

  /** The latest appeals of templates, in one query, for `loaderOf`. */
  latestAppeals(
    { account: { id: businessId } }: BusinessViewer,
    ids: readonly string[],
  ): Promise<Map<string, TemplateAppeal>> {
    return this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.reviews.latestAppeals(tx, ids),
    );
  }
}
