import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { badCursor, Database, Handles, pageSchema, parseInput } from '@assent/platform';
import type { FoundStop } from '../domain/stop-review.js';
import { SentenceVault } from '../persistence/sentence-vault.js';
import { StopQuestionStore } from '../persistence/stop-question.store.js';

/** A person reads what they are asked about their own sentences. */
@Injectable()
export class ReadStopQuestions {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly questions: StopQuestionStore,
    private readonly vault: SentenceVault,
  ) {}

  /** Newest first, one more than `first` where there are more. @throws BadInputError */
  async page(
    viewer: PersonViewer,
    open: boolean | null,
    page: { first: number; after?: string | null },
  ): Promise<{ first: number; questions: FoundStop[] }> {
    const { first, after } = parseInput(pageSchema, page, 'stopQuestions');
    const { personId } = viewer;
    const before = after ? this.handles.open(`person:${personId}`, 'qst', after) : null;
    if (before === undefined) {
      throw badCursor('stopQuestions');
    }
    const questions = await this.database.transaction({ role: 'person', personId }, (tx) =>
      this.questions.page(tx, viewer, open, before, first + 1),
    );
    return { first, questions };
  }

  /** What the person wrote; null where it was erased. */
  textOf({ id, content }: FoundStop): string | null {
    return this.vault.open(id, content);
  }
}
