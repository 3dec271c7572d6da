import { Injectable } from '@nestjs/common';
import { BusinessProfiles } from '@assent/accounts';
import { Database, type ExportRecord, Handles, inPages, type PersonKey, publicId } from '@assent/platform';
import { SentenceVault } from '../persistence/sentence-vault.js';
import { type ReviewedQuestion, StopQuestionStore } from '../persistence/stop-question.store.js';

const PAGE = 500;

/** Sentences of a person that were taken for a stop, for that person's own copy: what reviewers said of them, too. */
@Injectable()
export class StopQuestionExport {
  constructor(
    private readonly database: Database,
    private readonly store: StopQuestionStore,
    private readonly vault: SentenceVault,
    private readonly profiles: BusinessProfiles,
    private readonly handles: Handles,
  ) {}

  async *export(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    const { personId } = person;
    const questions = inPages<ReviewedQuestion>(PAGE, (last, limit) =>
      this.database.transaction({ role: 'person', personId }, (tx) =>
        this.store.reviewed(tx, person, last?.id ?? null, limit),
      ),
    );
    for await (const question of questions) {
      const { id, businessId, language, rule, suggested, answer, outcome, note, reviewer } = question;
      yield {
        file: 'stop-questions.jsonl',
        row: {
          id: this.handles.seal(`person:${personId}`, 'qst', id),
          business: publicId('biz', businessId),
          businessName: (await this.profiles.byIds([businessId])).get(businessId)?.displayName ?? null,
          text: this.vault.open(id, question.content),
          language,
          rule,
          suggested,
          askedAt: question.detectedAt.toISOString(),
          answer,
          answeredAt: question.answeredAt?.toISOString() ?? null,
          dueAt: question.dueAt.toISOString(),
          outcome,
          note,
          reviewer,
          reviewedAt: question.reviewedAt?.toISOString() ?? null,
        },
      };
    }
  }
}
