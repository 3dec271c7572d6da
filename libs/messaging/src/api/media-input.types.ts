import { Field, ID, InputType } from '@nestjs/graphql';

/** A file that is to go with a message. */
@InputType()
export class MessageMediaInput {
  @Field(() => ID, { description: 'Id of a completed upload, `med_…`.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it is to be saved as: 1 to 240 characters, without slashes. Stored encrypted.',
  })
  name?: string | null;
}
