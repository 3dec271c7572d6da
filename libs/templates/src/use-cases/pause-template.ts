import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { nextPause, type PauseStep } from '../domain/pause-ladder.js';
import { PauseStore } from '../persistence/pause.store.js';
import { TemplateEvents } from '../persistence/template-events.js';

/** Takes a template one step down the ladder of pauses, for quality: 3 hours, 6 hours, disabled. */
@Injectable()
export class PauseTemplate {
  constructor(
    private readonly pauses: PauseStore,
    private readonly events: TemplateEvents,
  ) {}

  /**
   * Within the caller's transaction, as engine or admin. Locks the template's row: after the guards of people and
   * businesses, if the caller holds any. A template that is paused or disabled already stays as it is.
   */
  async execute(tx: Transaction, templateId: string, at: Date, why: string): Promise<PauseStep> {
    const template = await this.pauses.lock(tx, templateId);
    if (!template) throw new Error('A template that is to be paused is not there');
    const step = nextPause(template, at);
    if (step.kind === 'ALREADY_STOPPED') return step;
    await this.pauses.record(tx, templateId, step, at, why);
    await this.events.tell(tx, {
      businessId: template.businessId,
      templateId,
      version: null,
      state: step.kind,
      reason: why,
      until: step.kind === 'PAUSED' ? step.until : null,
      at,
    });
    return step;
  }
}
