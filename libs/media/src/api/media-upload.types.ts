import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Refusal, resultUnion } from '@assent/platform';

/** Input of createMediaUpload. */
@InputType()
export class CreateMediaUploadInput {
  @Field(() => String, {
    description:
      'Its media type: image/jpeg or image/png; audio/aac, amr, mpeg, mp4 or ogg; video/mp4 or 3gpp; application/pdf, or a document of Word, Excel or PowerPoint.',
  })
  type!: string;

  @Field(() => Int, {
    description:
      'Its size. At most 5 MiB for images, 16 MiB for audio and video, 100 MiB for documents, by default.',
  })
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of its bytes, in hexadecimal digits.' })
  sha256!: string;
}

/** A header that an upload must have. */
@ObjectType()
export class UploadHeader {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

/** An upload may begin. */
@ObjectType()
export class CreateMediaUploadPayload {
  @Field(() => ID, { description: 'Id of the medium, `med_…`.' })
  id!: string;

  @Field(() => String, {
    description: 'Where to PUT the bytes: exactly those that were declared, or it is refused.',
  })
  url!: string;

  @Field(() => [UploadHeader], { description: 'Headers that the PUT must have, as they are.' })
  headers!: UploadHeader[];

  @Field(() => GraphQLISODateTime, { description: 'Complete it before, or it is forgotten.' })
  expiresAt!: Date;
}

/** There is no room. */
@ObjectType({
  implements: () => [Refusal],
  description: 'Nothing was made: there is no room, see reason.',
})
export class CreateMediaUploadRefused extends Refusal {}

export const CreateMediaUploadResult = resultUnion('CreateMediaUploadResult', [
  CreateMediaUploadPayload,
  CreateMediaUploadRefused,
]);

/** Input of completeMediaUpload. */
@InputType()
export class CompleteMediaUploadInput {
  @Field(() => ID, { description: 'Id of the medium, `med_…`.' })
  id!: string;
}

/** A medium can be sent. */
@ObjectType()
export class CompleteMediaUploadPayload {
  @Field(() => ID, {
    description: 'Id of the medium, `med_…`: give it as `media` of a message.',
  })
  id!: string;

  @Field(() => GraphQLISODateTime, {
    description: 'Until then it can be sent; a message keeps it for longer.',
  })
  expiresAt!: Date;
}

/** It can not be sent. */
@ObjectType({
  implements: () => [Refusal],
  description:
    'It can not be sent. `MEDIA_NOT_FOUND`: there is no such upload. `MEDIA_NOT_THERE`: the bytes have not arrived. `MEDIA_NOT_AS_DECLARED`: they are other ones, or of another type.',
})
export class CompleteMediaUploadRefused extends Refusal {}

export const CompleteMediaUploadResult = resultUnion('CompleteMediaUploadResult', [
  CompleteMediaUploadPayload,
  CompleteMediaUploadRefused,
]);
