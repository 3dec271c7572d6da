import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { PauseStore } from '../persistence/pause.store.js';
import { TemplateEvents } from '../persistence/template-events.js';

/** Lets a paused or disabled template send again, its ladder from the beginning: an appeal was upheld. */
@Injectable()
export class UnpauseTemplate {
  constructor(
    private readonly pauses: PauseStore,
    private readonly events: TemplateEvents,
  ) {}

  /** Within the caller's transaction, as engine or admin; locks like `PauseTemplate`. Changes nothing where nothing stands. */
  async execute(tx: Transaction, templateId: string, at: Date, why: string | null): Promise<void> {
    const template = await this.pauses.lock(tx, templateId);
    if (!template) throw new Error('A template that is to be let go is not there');
    const { businessId, pausedUntil, disabledAt } = template;
    if (!disabledAt && !(pausedUntil && pausedUntil > at)) return;
    await this.pauses.clear(tx, templateId);
    await this.events.tell(tx, { businessId, templateId, version: null, state: 'APPROVED', reason: why, at });
  }
}
