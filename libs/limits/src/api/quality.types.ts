import { Field, Float, GraphQLISODateTime, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Outcome } from '../domain/outcome.js';
import { QualityLevel } from '../domain/quality.js';

registerEnumType(QualityLevel, {
  name: 'QualityLevel',
  description: 'What people’s reactions say of a business. docs/quality.md has the formula.',
  valuesMap: {
    UNKNOWN: { description: 'Too few people have reacted who can be told from made-up ones.' },
    GREEN: { description: 'Nearly all reactions are good.' },
    YELLOW: { description: 'More people object than should.' },
    RED: { description: 'So many people object that the business is restricted.' },
  },
});
registerEnumType(Outcome, {
  name: 'ConversationOutcome',
  description: 'How a conversation stands: by the reaction in it that weighs most today.',
  valuesMap: {
    SILENT: { description: 'A message was delivered a day ago or longer, and nothing was done about it.' },
    READ: { description: 'A message was read.' },
    REPLIED: { description: 'The person wrote after they had been messaged.' },
    STOPPED: { description: 'The person stopped this business, or a purpose of it.' },
    BLOCKED: { description: 'The person blocked this business.' },
    REPORTED: { description: 'The person reported a message, and the operator has not decided yet.' },
    UPHELD: { description: 'The person reported a message, and the operator upheld it.' },
  },
});

@ObjectType({ description: 'How many conversations stand in one way, and what each of them counts.' })
export class QualityInput {
  @Field(() => Outcome)
  outcome!: Outcome;

  @Field(() => Int, {
    description:
      'Conversations of the last eight half-lives. A business reads them rounded down to a multiple of 5, so that they tell of nobody.',
  })
  conversations!: number;

  @Field(() => Float, {
    description: 'What a fresh one counts for the business, of somebody who counts in full.',
  })
  good!: number;

  @Field(() => Float, { description: 'What it counts against the business.' })
  bad!: number;
}

@ObjectType({ description: 'The numbers of the formula, as the operator set them.' })
export class QualityFormula {
  @Field(() => Int, { description: 'A reaction counts half after so many days.' })
  halfLifeDays!: number;

  @Field(() => Int, { description: 'Days that somebody must have had their number to count in full.' })
  provenDays!: number;

  @Field(() => Int, {
    description:
      'The largest part of the evidence, in percent, that all unproven people together can have, or all who joined on one day.',
  })
  cohortPercent!: number;

  @Field(() => Int, { description: 'Weighted reactions that it takes to be known.' })
  evidence!: number;

  @Field(() => Int, { description: 'GREEN from this score on.' })
  greenFrom!: number;

  @Field(() => Int, { description: 'RED below this score.' })
  redBelow!: number;

  @Field(() => Int, { description: 'A level that was left is come back to so many points later.' })
  hysteresis!: number;
}

@ObjectType({
  description:
    'What would bring a business to the next better level. Two ways: reactions, or time without messages.',
})
export class QualityRestoring {
  @Field(() => QualityLevel, { description: 'The level that comes next.' })
  level!: QualityLevel;

  @Field(() => Int, { description: 'So many more conversations with a reply, if nothing bad comes on top…' })
  replies!: number;

  @Field(() => Int, { description: '…or so many in which a message is read.' })
  reads!: number;

  @Field(() => GraphQLISODateTime, {
    description:
      'When, without any further reaction, so little is left of those that counted that the level is UNKNOWN (UTC).',
  })
  forgottenAt!: Date;
}

@ObjectType({ description: 'What people’s reactions say of a business, and all that this rests on.' })
export class Quality {
  @Field(() => QualityLevel)
  level!: QualityLevel;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Since when (UTC); null: it was never known.',
  })
  since!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: '0 to 100: how likely the next reaction is a good one. Null while the level is UNKNOWN.',
  })
  score!: number | null;

  @Field(() => Int, { description: 'Weighted reactions that the score rests on.' })
  evidence!: number;

  @Field(() => [QualityInput], { description: 'All that goes into the score.' })
  inputs!: QualityInput[];

  @Field(() => QualityFormula)
  formula!: QualityFormula;

  @Field(() => QualityRestoring, {
    nullable: true,
    description: 'Null where there is nothing to restore, or nothing is known.',
  })
  restoring!: QualityRestoring | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When this was last judged (UTC): a minute after reactions, and at least every ten minutes.',
  })
  judgedAt!: Date | null;
}
