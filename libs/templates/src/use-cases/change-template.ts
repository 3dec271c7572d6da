import { type BusinessViewer, Refused } from '@assent/accounts';
import type { Database, Transaction } from '@assent/platform';
import { parsePublicId } from '@assent/platform';
import { TEMPLATE_REASONS } from '../domain/template-reasons.js';
import type { Template } from '../domain/template.js';
import type { TemplateStore } from '../persistence/template.store.js';

export type NotFound = Refused<'TEMPLATE_NOT_FOUND'>;

/** Runs a change of one of a business's templates, its row locked: whoever changes it takes turns. */
export async function changeTemplate<Outcome>(
  database: Database,
  templates: TemplateStore,
  { account: { id: businessId } }: BusinessViewer,
  publicTemplateId: string,
  change: (tx: Transaction, template: Template) => Promise<Outcome>,
): Promise<Outcome | NotFound> {
  const id = parsePublicId('tpl', publicTemplateId);
  if (!id) return notFound();
  return database.transaction({ role: 'business', businessId }, async (tx) => {
    // Read in later statements than the one that waits for the lock.
    const [, template] = await Promise.all([templates.lock(tx, id), templates.byId(tx, id)]);
    return template ? change(tx, template) : notFound();
  });
}

/** The template as it now is. */
export async function asItIs(
  tx: Transaction,
  templates: TemplateStore,
  { id }: Pick<Template, 'id'>,
): Promise<Template> {
  const template = await templates.byId(tx, id);
  if (!template) throw new Error('A template that is locked is not there');
  return template;
}

export function notFound(): NotFound {
  return new Refused('TEMPLATE_NOT_FOUND', TEMPLATE_REASONS.TEMPLATE_NOT_FOUND.message);
}
