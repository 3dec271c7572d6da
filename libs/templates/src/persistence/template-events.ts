import { Injectable } from '@nestjs/common';
import { publicId, type Transaction, uuid7 } from '@assent/platform';
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
    await tx.run({
      text: `INSERT INTO event (business_id, id, type, data, at) VALUES ($1, $2, 'template.state', $3, $4)`,
      values: [businessId, uuid7(at.getTime()), JSON.stringify(data), at],
    });
  }
}
