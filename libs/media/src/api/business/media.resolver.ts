import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { type BusinessViewer, Refused, toRefusal } from '@assent/accounts';
import { Cost, CurrentViewer, Idempotent, Permission, publicId } from '@assent/platform';
import { CompleteMediaUpload } from '../../use-cases/complete-media-upload.js';
import { CreateMediaUpload } from '../../use-cases/create-media-upload.js';
import {
  CompleteMediaUploadInput,
  CompleteMediaUploadPayload,
  CompleteMediaUploadRefused,
  CompleteMediaUploadResult,
  CreateMediaUploadInput,
  CreateMediaUploadPayload,
  CreateMediaUploadRefused,
  CreateMediaUploadResult,
} from './media-upload.types.js';

/** Media of a business. */
@Resolver()
export class MediaResolver {
  constructor(
    private readonly create: CreateMediaUpload,
    private readonly complete: CompleteMediaUpload,
  ) {}

  @Permission('messages:send')
  @Idempotent()
  @Mutation(() => CreateMediaUploadResult, {
    description:
      'Makes room for a file that is to go with messages, and says how to upload it. Then PUT the bytes, call completeMediaUpload, and name its id in sendMessage. The operator of the platform can read the file: encrypt it first where that must not be. Refusals: `MEDIA_QUOTA`.',
  })
  async createMediaUpload(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: CreateMediaUploadInput,
  ): Promise<typeof CreateMediaUploadResult> {
    const made = await this.create.execute(viewer, input);
    if (made instanceof Refused) return toRefusal(CreateMediaUploadRefused, made);
    const { media, request } = made;
    return Object.assign(new CreateMediaUploadPayload(), {
      id: publicId('med', media.id),
      url: request.url,
      headers: Object.entries(request.headers).map(([name, value]) => ({ name, value })),
      expiresAt: media.expiresAt,
    });
  }

  @Permission('messages:send')
  @Cost({ base: 100 })
  @Mutation(() => CompleteMediaUploadResult, {
    description:
      'Says that the bytes are uploaded. The platform compares size, SHA-256 and type with what was declared; from then on the file can be sent. Once more changes nothing. Refusals: `MEDIA_NOT_FOUND`, `MEDIA_NOT_THERE`, `MEDIA_NOT_AS_DECLARED`.',
  })
  async completeMediaUpload(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { id }: CompleteMediaUploadInput,
  ): Promise<typeof CompleteMediaUploadResult> {
    const media = await this.complete.execute(viewer, id);
    if (media instanceof Refused) return toRefusal(CompleteMediaUploadRefused, media);
    const { expiresAt } = media;
    return Object.assign(new CompleteMediaUploadPayload(), { id: publicId('med', media.id), expiresAt });
  }
}
