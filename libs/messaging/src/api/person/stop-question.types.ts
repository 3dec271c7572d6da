import { Field, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Consent } from '@assent/consent';
import { connectionType, Refusal, resultUnion } from '@assent/platform';
import { type FoundStop, StopAnswer } from '../../domain/stop-review.js';

registerEnumType(StopAnswer, {
  name: 'StopAnswer',
  description: 'How far a sentence that was taken for a stop was meant to go.',
  valuesMap: {
    MARKETING: { description: 'Offers and news of this business: they are stopped already.' },
    BUSINESS: { description: 'Everything of this business.' },
    EVERYTHING: { description: 'Everything of every business.' },
    NOT_A_STOP: {
      description:
        'It was no stop: what it stopped is lifted, and an opt-in that it ended goes on as if nothing had been.',
    },
  },
});

/** A sentence of a person that was taken for a stop, as they are asked about it. */
@ObjectType({
  description:
    'A sentence of yours that was taken for a stop. Offers and news of this business are stopped since; how far you meant it to go is asked. Only you can say that it was none.',
})
export class StopQuestion {
  @Field(() => ID, { description: 'Opaque id, `qst_…`.' })
  id!: string;

  @Field(() => StopAnswer, { description: 'What the words themselves suggest.' })
  suggested!: StopAnswer;

  @Field(() => GraphQLISODateTime)
  askedAt!: Date;

  @Field(() => StopAnswer, { nullable: true, description: 'What you answered; null: nothing yet.' })
  answer!: StopAnswer | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  answeredAt!: Date | null;

  /** What the fields that are opened or loaded only when asked for are made of. */
  stored!: FoundStop;
}

/** A page of questions. */
@ObjectType({ description: 'A page of questions, newest first.' })
export class StopQuestionConnection extends connectionType(StopQuestion, 'StopQuestionConnection') {}

/** Input of answerStopQuestion. */
@InputType()
export class AnswerStopQuestionInput {
  @Field(() => ID, { description: 'The question, `qst_…`.' })
  question!: string;

  @Field(() => StopAnswer)
  answer!: StopAnswer;
}

/** A question is answered. */
@ObjectType()
export class AnswerStopQuestionPayload {
  @Field(() => StopQuestion)
  question!: StopQuestion;

  @Field(() => Consent, {
    nullable: true,
    description:
      'Your last word in the scope that the answer is about, as it stands now; null: there is none.',
  })
  consent!: Consent | null;
}

/** A question had been answered. */
@ObjectType({
  implements: () => [Refusal],
  description:
    '`ALREADY_ANSWERED`: the question has another answer, which stays. A stop that you asked for holds all the same; use `allow` to lift one.',
})
export class StopQuestionAnswered extends Refusal {
  @Field(() => StopQuestion)
  question!: StopQuestion;
}

export const AnswerStopQuestionResult = resultUnion('AnswerStopQuestionResult', [
  AnswerStopQuestionPayload,
  StopQuestionAnswered,
]);
