import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonViewer } from '@assent/people';
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

/** Media of a person. */
@Resolver()
export class PersonMediaResolver {
  constructor(
    private readonly create: CreateMediaUpload,
    private readonly complete: CompleteMediaUpload,
  ) {}

  @Permission('person')
  @Idempotent()
  @Mutation(() => CreateMediaUploadResult, {
    description:
      'Makes room for a file that you want to send to a business, and says how to upload it. Then PUT the bytes, call completeMediaUpload, and name its id in writeToBusiness. The operator of the platform can read the file. Refusals: `MEDIA_UNSENT`, `MEDIA_QUOTA`.',
  })
  async createMediaUpload(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: CreateMediaUploadInput,
  ): Promise<typeof CreateMediaUploadResult> {
    return toUpload(await this.create.execute(viewer, input));
  }

  @Permission('person')
  @Cost({ base: 100 })
  @Mutation(() => CompleteMediaUploadResult, {
    description:
      'Says that the bytes are uploaded. The platform compares size, SHA-256 and type with what was declared; then the file can be sent with one message, within a day. Once more changes nothing. Refusals: `MEDIA_NOT_FOUND`, `MEDIA_NOT_THERE`, `MEDIA_NOT_AS_DECLARED`.',
  })
  async completeMediaUpload(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') { id }: CompleteMediaUploadInput,
  ): Promise<typeof CompleteMediaUploadResult> {
    return toCompleted(await this.complete.execute(viewer, id));
  }
}
