import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Notice, noticeKind } from '@assent/consent';
import { StopAnswer } from '../../domain/stop-review.js';

@ObjectType({
  implements: () => [Notice],
  description:
    'Asks how far a sentence of yours that was taken for a stop was meant to go; see `stopQuestions`.',
})
export class StopQuestionNotice extends Notice {
  @Field(() => ID, { description: 'The question, `qst_…`, for `answerStopQuestion`.' })
  questionId!: string;

  @Field(() => StopAnswer, { description: 'What the words themselves suggest.' })
  suggested!: StopAnswer;
}

noticeKind('STOP_QUESTION', StopQuestionNotice, ({ business, referenceId, data, handle }) => ({
  text:
    `You seem to have asked ${business?.displayName ?? 'a business'} to stop writing to you, so its offers and news are ` +
    'stopped. Please say whether you meant more than that, or nothing of the kind.',
  questionId: handle('qst', referenceId ?? ''),
  suggested: data['suggested'] === StopAnswer.MARKETING ? StopAnswer.MARKETING : StopAnswer.BUSINESS,
}));
