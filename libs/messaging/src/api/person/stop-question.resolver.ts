import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BusinessProfile, BusinessProfiles } from '@assent/accounts';
import { toConsent } from '@assent/consent';
import type { PersonViewer } from '@assent/people';
import {
  CurrentViewer,
  Handles,
  loaderOf,
  PageArgs,
  Permission,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import type { FoundStop } from '../../domain/stop-review.js';
import { AnswerStopQuestion } from '../../use-cases/answer-stop-question.js';
import { ReadStopQuestions } from '../../use-cases/read-stop-questions.js';
import './stop-question.notice.js';
import {
  AnswerStopQuestionInput,
  AnswerStopQuestionPayload,
  AnswerStopQuestionResult,
  StopQuestion,
  StopQuestionAnswered,
  StopQuestionConnection,
} from './stop-question.types.js';

/** What a person is asked about sentences of theirs that were taken for a stop. */
@Resolver(() => StopQuestion)
export class StopQuestionResolver {
  constructor(
    private readonly read: ReadStopQuestions,
    private readonly answer: AnswerStopQuestion,
    private readonly profiles: BusinessProfiles,
    private readonly handles: Handles,
  ) {}

  @Permission('person')
  @Query(() => StopQuestionConnection, {
    description: 'What you are asked about sentences of yours that were taken for a stop, newest first.',
  })
  async stopQuestions(
    @CurrentViewer() viewer: PersonViewer,
    @Args() page: PageArgs,
    @Args('open', {
      type: () => Boolean,
      nullable: true,
      description: 'True: only those without an answer; false: only those with one.',
    })
    open: boolean | null,
  ): Promise<StopQuestionConnection> {
    const { first, questions } = await this.read.page(viewer, open ?? null, page);
    return toConnection(
      questions,
      first,
      (question) => this.toQuestion(viewer, question),
      ({ id }) => this.handleOf(viewer, id),
    );
  }

  @Permission('person')
  @Mutation(() => AnswerStopQuestionResult, {
    description:
      'Says how far a sentence of yours that was taken for a stop was meant to go. A stop holds from the answer on; NOT_A_STOP lifts what the sentence stopped, unless you have stopped it otherwise. The same answer again changes nothing. Refusals: `ALREADY_ANSWERED`.',
  })
  async answerStopQuestion(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: AnswerStopQuestionInput,
  ): Promise<typeof AnswerStopQuestionResult> {
    const { question, taken, standing } = await this.answer.execute(viewer, input);
    if (!taken) {
      return Object.assign(new StopQuestionAnswered(), {
        reason: 'ALREADY_ANSWERED',
        message: `You have answered ${question.answer ?? ''} already. To change your mind, stop or allow what you mean.`,
        retryAt: null,
        question: this.toQuestion(viewer, question),
      });
    }
    return Object.assign(new AnswerStopQuestionPayload(), {
      question: this.toQuestion(viewer, question),
      consent: standing && toConsent(standing),
    });
  }

  @ResolveField(() => String, { nullable: true, description: 'What you wrote; null where it was erased.' })
  text(@Parent() { stored }: StopQuestion): string | null {
    return this.read.textOf(stored);
  }

  @ResolveField(() => BusinessProfile, { description: 'Whom you wrote it to.' })
  business(@Parent() { stored }: StopQuestion, @Context() context: RequestContext) {
    return loaderOf(context, this.profiles, (ids: string[]) => this.profiles.byIds(ids)).load(
      stored.businessId,
    );
  }

  private toQuestion(viewer: PersonViewer, stored: FoundStop): StopQuestion {
    const { suggested, detectedAt, answer, answeredAt } = stored;
    return {
      id: this.handleOf(viewer, stored.id),
      suggested,
      askedAt: detectedAt,
      answer,
      answeredAt,
      stored,
    };
  }

  private handleOf({ personId }: PersonViewer, id: string): string {
    return this.handles.seal(`person:${personId}`, 'qst', id);
  }
}
