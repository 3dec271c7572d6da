import { Injectable } from '@nestjs/common';
import { Database, Hints, type Transaction } from '@assent/platform';
import { PauseTemplate, SendingTemplatesStore } from '@assent/templates';
import { QualityStore } from '../persistence/quality.store.js';
import { eachInTurn } from './each-in-turn.js';
import { QualitySettings } from './quality-settings.js';

const REASON =
  'The quality of this template is RED: too many of the people who got it reported, blocked or stopped the business.';

/**
 * Pauses templates that are RED: for 3 hours, then for 6, then they are disabled; each step only after the former pause has
 * ended and enough people have spoken against the template since. For the worker, every minute.
 */
@Injectable()
export class PauseTemplatesByQuality {
  constructor(
    private readonly database: Database,
    private readonly settings: QualitySettings,
    private readonly hints: Hints,
    private readonly qualities: QualityStore,
    private readonly templates: SendingTemplatesStore,
    private readonly pause: PauseTemplate,
  ) {}

  /** Each template in a transaction of its own; of several workers one pauses it. @returns how many it paused */
  execute(): Promise<number> {
    return eachInTurn(
      this.database,
      (tx, after, limit) => this.qualities.redTemplates(tx, after, limit),
      (tx, id) => this.judge(tx, id),
    );
  }

  /** The judgement is read behind the lock of the template, which the second of two workers waits for. */
  private async judge(tx: Transaction, templateId: string): Promise<boolean> {
    const [judgedUntil, now, qualities] = await Promise.all([
      this.templates.lockJudged(tx, templateId),
      tx.now(),
      this.qualities.bySubjects(tx, [templateId]),
    ]);
    const quality = qualities.get(templateId);
    if (quality?.level !== 'RED') return false;
    const against = await this.qualities.against(tx, templateId, judgedUntil);
    const people = against.reports + against.blocks + against.stops;
    if (people < this.settings.people) return false;
    const step = await this.pause.execute(tx, templateId, now, REASON);
    if (step.kind === 'ALREADY_STOPPED') return false;
    tx.afterCommit(() => this.hints.send([`business:${quality.businessId}`]));
    return true;
  }
}
