import { Injectable } from '@nestjs/common';
import { NoticeStore, type Recognised } from '@assent/consent';
import { Configuration, type PersonKey, type Transaction, uuid7 } from '@assent/platform';
import { deadlineOf, suggestedAnswer } from '../domain/stop-review.js';
import type { NewInbound } from '../persistence/inbound.store.js';
import { SentenceVault } from '../persistence/sentence-vault.js';
import { StopQuestionStore } from '../persistence/stop-question.store.js';

/** Asks a person how far a sentence that was taken for a stop was meant to go, and lists it for review. */
@Injectable()
export class AskAboutStop {
  constructor(
    private readonly configuration: Configuration,
    private readonly questions: StopQuestionStore,
    private readonly notices: NoticeStore,
    private readonly vault: SentenceVault,
  ) {}

  /**
   * In the transaction that stores the message, under the person's guard, in the role `engine`. Where a question about this
   * business is open, nothing new is asked.
   */
  async execute(
    tx: Transaction,
    writer: PersonKey,
    { businessId, contactId, id: messageId }: NewInbound,
    text: string,
    found: Extract<Recognised, { kind: 'FREE_TEXT' }>,
    at: Date,
  ): Promise<void> {
    const id = uuid7(at.getTime(), writer.lane);
    const asked = await this.questions.add(tx, writer, {
      id,
      businessId,
      contactId,
      messageId,
      language: found.language,
      rule: found.rule,
      suggested: suggestedAnswer(found),
      content: this.vault.seal(id, text),
      detectedAt: at,
      dueAt: deadlineOf(at, this.configuration.settings.STOP_REVIEW_BUSINESS_DAYS),
    });
    if (!asked) return;
    await this.notices.add(tx, {
      ...writer,
      kind: 'STOP_QUESTION',
      businessId,
      purpose: 'MARKETING',
      referenceId: id,
      data: { suggested: suggestedAnswer(found) },
      at,
    });
  }
}
