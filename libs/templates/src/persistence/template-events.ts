import { Injectable } from '@nestjs/common';
import { appendEvents, publicId, type Transaction } from '@assent/platform';
import type { TemplateState } from '../domain/template.js';

/** What happened to a template, for its business. */
export interface TemplateNews {
  businessId: string;
  templateId: string;
  /** Number of the version concerned; null where it is all of the template. */
  version: number | null;
  state: TemplateState;
  reason: string | null;
  /** While it is PAUSED. */
  until?: Date | null;
  at: Date;
}

/** Tells a business by an event, in the transaction of what happened. */
@Injectable()
export class TemplateEvents {
  async tell(tx: Transaction, news: TemplateNews): Promise<void> {
    const { businessId, templateId, version, state, reason, until, at } = news;
    const data = { template: publicId('tpl', templateId), version, state, reason, until: until ?? null };
    await appendEvents(tx, [{ businessId, type: 'template.state', data, at }]);
  }
}
