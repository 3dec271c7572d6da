import { Injectable } from '@nestjs/common';
import { Database, Hints, type Transaction } from '@assent/platform';
import { PauseTemplate, SendingTemplatesStore } from '@assent/templates';
import { type OpenSample, SampleStore } from '../persistence/sample.store.js';

/** What people's reactions made of a sample. */
export interface SettledSample extends OpenSample {
  businessId: string;
  verdict: 'PASSED' | 'FAILED';
}

const REASON =
  'People took the sample of a new version of this template badly: too many of them reported, blocked or stopped the business.';

/**
 * Lets the rest of a new version go, or pauses its template. Each sample in a short transaction of its own, since sending
 * waits for the row while it counts. One that a crash forgets is still open, and judged again.
 */
@Injectable()
export class SettleSamples {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
    private readonly samples: SampleStore,
    private readonly templates: SendingTemplatesStore,
    private readonly pause: PauseTemplate,
  ) {}

  async execute(settled: readonly SettledSample[]): Promise<void> {
    for (const sample of settled)
      await this.database.transaction({ role: 'engine' }, (tx) => this.settle(tx, sample));
  }

  private async settle(tx: Transaction, sample: SettledSample): Promise<void> {
    const now = await tx.now();
    if (sample.verdict === 'PASSED') {
      await this.samples.pass(tx, sample, now);
      return;
    }
    await this.templates.lockJudged(tx, sample.templateId);
    if (!(await this.samples.isOpen(tx, sample))) return;
    await this.pause.execute(tx, sample.templateId, now, REASON);
    tx.afterCommit(() => this.hints.send([`business:${sample.businessId}`]));
  }
}
