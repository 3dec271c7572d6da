import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { MediaKind } from '../domain/media-type.js';

registerEnumType(MediaKind, { name: 'MediaKind', description: 'What kind of file a medium is.' });

/** A medium of a message, for whoever may read the message. */
@ObjectType({
  description:
    'A file that goes with a message. Its size and SHA-256 are sealed into the message: compare them with what you download.',
})
export class MessageMedia {
  @Field(() => MediaKind)
  kind!: MediaKind;

  @Field(() => String, { description: 'Its media type, such as image/jpeg.' })
  type!: string;

  @Field(() => Int)
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of its bytes, in hexadecimal digits.' })
  sha256!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the file is to be saved as, where the sender says so.',
  })
  name!: string | null;

  @Field(() => String, {
    description:
      'Where to get it from (GET), for 15 minutes; ask for the message again after that. Whoever has it can use it. Answers 404 once the file was removed, some time after it was last sent.',
  })
  url!: string;

  @Field(() => GraphQLISODateTime)
  urlExpiresAt!: Date;
}
