import { Injectable } from '@nestjs/common';
import { type ConsentFact, ConsentStore, RecordConsent, RecordStop, UndoMistakenStop } from '@assent/consent';
import type { PersonViewer } from '@assent/people';
import { BadInputError, Database, Handles, parseInput, type Transaction } from '@assent/platform';
import { z } from 'zod';
import { type FoundStop, scopeOfAnswer, StopAnswer } from '../domain/stop-review.js';
import { StopQuestionStore } from '../persistence/stop-question.store.js';

const QUESTION_RULE = 'must be the id of a question';
const SOURCE = 'stop-question';
const MISTAKEN = 'free-text';

const schema = z.object({
  question: z.string().max(60, QUESTION_RULE),
  answer: z.enum(StopAnswer, 'must be MARKETING, BUSINESS, EVERYTHING or NOT_A_STOP'),
});

/** The question as it stands answered, whether by this answer, and the person's last word in the scope it is about. */
export interface AnsweredQuestion {
  question: FoundStop;
  /** False: it had another answer already, which stays. */
  taken: boolean;
  standing: ConsentFact | null;
}

/** A person says how far a sentence that was taken for a stop was meant to go. */
@Injectable()
export class AnswerStopQuestion {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly questions: StopQuestionStore,
    private readonly stops: RecordStop,
    private readonly record: RecordConsent,
    private readonly mistakes: UndoMistakenStop,
    private readonly consents: ConsentStore,
  ) {}

  /**
   * A stop first, then the answer: should the process die between the two, the stop holds and the question stays open.
   * The same answer again changes nothing.
   * @throws BadInputError
   */
  async execute(viewer: PersonViewer, input: z.input<typeof schema>): Promise<AnsweredQuestion> {
    const { question: handle, answer } = parseInput(schema, input);
    const id = this.handles.open(`person:${viewer.personId}`, 'qst', handle);
    const question = id && (await this.as(viewer, (tx) => this.questions.byId(tx, viewer, id)));
    if (!question) throw new BadInputError([{ field: 'input.question', rule: QUESTION_RULE }]);

    const { businessId } = question;
    const scope = scopeOfAnswer(answer, businessId);
    if (scope && question.answer === null) await this.stops.execute(viewer, scope, SOURCE);
    return this.as(viewer, async (tx) => {
      // The person's guard before the question, as where one is asked.
      await this.record.execute(tx, viewer, []);
      if (!scope) await this.takeBack(tx, viewer, question);
      else await this.questions.answer(tx, question.id, answer);
      const answered = (await this.questions.byId(tx, viewer, question.id)) ?? question;
      const about = scope ?? { businessId, purpose: 'MARKETING' };
      const subject = about.purpose ?? 'EVERYTHING';
      const standing = await this.consents.lastWord(tx, viewer, about.businessId, subject);
      return { question: answered, taken: answered.answer === answer, standing: standing ?? null };
    });
  }

  /** Only the first answer may lift anything: a later one finds the question answered. */
  private async takeBack(
    tx: Transaction,
    viewer: PersonViewer,
    { id, businessId }: FoundStop,
  ): Promise<void> {
    if (!(await this.questions.answer(tx, id, 'NOT_A_STOP'))) return;
    const scope = { businessId, purpose: 'MARKETING' } as const;
    await this.mistakes.execute(tx, viewer, scope, MISTAKEN, SOURCE);
  }

  private as<Result>(
    { personId }: PersonViewer,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return this.database.transaction({ role: 'person', personId }, work);
  }
}
