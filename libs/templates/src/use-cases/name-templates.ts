import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { Database } from '@assent/platform';
import { TemplateStore } from '../persistence/template.store.js';

/** Tells which templates and versions messages are of. */
@Injectable()
export class NameTemplates {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
  ) {}

  /** Name of the template and number of the version, by id of the version, in one query, for `loaderOf`. */
  ofVersions(
    { account: { id: businessId } }: BusinessViewer,
    versionIds: readonly string[],
  ): Promise<Map<string, { name: string; nr: number }>> {
    return this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.templates.names(tx, versionIds),
    );
  }
}
