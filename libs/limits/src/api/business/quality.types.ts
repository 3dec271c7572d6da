import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { QualityLevel } from '../../domain/quality.js';

@InputType({
  description: 'Reactions that have not happened, each of another conversation; each 0 to 1,000,000.',
})
export class SimulateQualityInput {
  @Field(() => Int, { defaultValue: 0, description: 'Messages that people report.' })
  reports!: number;

  @Field(() => Int, { defaultValue: 0 })
  blocks!: number;

  @Field(() => Int, { defaultValue: 0 })
  stops!: number;

  @Field(() => Int, { defaultValue: 0 })
  replies!: number;

  @Field(() => Int, { defaultValue: 0 })
  reads!: number;
}

@ObjectType({ description: 'What would be judged.' })
export class SimulatedQuality {
  @Field(() => QualityLevel)
  level!: QualityLevel;

  @Field(() => Int, { nullable: true, description: '0 to 100; null: UNKNOWN.' })
  score!: number | null;
}
