import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { Cost, CurrentViewer, Idempotent, Permission } from '@assent/platform';
import { CompleteMediaUpload } from '../../use-cases/complete-media-upload.js';
import { CreateMediaUpload } from '../../use-cases/create-media-upload.js';
import { toCompleted, toUpload } from '../media-upload.presenter.js';
import {
  CompleteMediaUploadInput,
  CompleteMediaUploadResult,
  CreateMediaUploadInput,
  CreateMediaUploadResult,
} from '../media-upload.types.js';

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
    return toUpload(await this.create.execute(viewer, input));
  }

  @Permission('messages:send')
  @Cost({ base: 100 })
  @Mutation(() => CompleteMediaUploadResult, {
    description:
      'Says that the bytes are uploaded. The platform compares size, SHA-256 and type with what was declared; from then on the file can be sent, as often as you like. Once more changes nothing. Refusals: `MEDIA_NOT_FOUND`, `MEDIA_NOT_THERE`, `MEDIA_NOT_AS_DECLARED`.',
  })
  async completeMediaUpload(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { id }: CompleteMediaUploadInput,
  ): Promise<typeof CompleteMediaUploadResult> {
    return toCompleted(await this.complete.execute(viewer, id));
  }
}
