import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import { Refused } from '../../domain/refused.js';
import { AdminViewer } from '../../domain/viewers.js';
import { DecideVerification } from '../../use-cases/decide-verification.js';
import { ReadAdmin } from '../../use-cases/read-admin.js';
import { ReadVerificationQueue } from '../../use-cases/read-verification-queue.js';
import { toRefusal } from '../refusals.js';
import {
  ApproveVerificationInput,
  ApproveVerificationPayload,
  ApproveVerificationResult,
  RejectVerificationInput,
  RejectVerificationPayload,
  RejectVerificationResult,
  toVerificationRequest,
  VerificationDecisionRefused,
  VerificationRequestConnection,
} from './admin.types.js';
import { Admin, toAdmin } from './staff.types.js';

@Resolver()
export class AdminResolver {
  constructor(
    private readonly readAdmin: ReadAdmin,
    private readonly readQueue: ReadVerificationQueue,
    private readonly decide: DecideVerification,
  ) {}

  @Permission('admin:read')
  @Query(() => Admin, { description: 'Who asks.' })
  async admin(@CurrentViewer() viewer: AdminViewer): Promise<Admin> {
    return toAdmin(await this.readAdmin.execute(viewer));
  }

  @Permission('reviews:decide')
  @Query(() => VerificationRequestConnection, {
    description: 'Requests to be verified that nobody has decided yet, oldest first.',
  })
  async verificationQueue(@Args() page: PageArgs) {
    const requests = await this.readQueue.execute(page);
    return toConnection(requests, page.first, toVerificationRequest, ({ verification }) =>
      publicId('ver', verification.id),
    );
  }

  @Permission('reviews:decide')
  @Mutation(() => ApproveVerificationResult, {
    description:
      'Makes the business of a request VERIFIED, with a reach tier of at least TIER_2K. Of two admins who decide at once, one has decided. Refusals: `ALREADY_DECIDED`, `VERIFICATION_NOT_FOUND`, `NOT_ALLOWED_IN_STATE`.',
  })
  async approveVerification(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: ApproveVerificationInput,
  ): Promise<typeof ApproveVerificationResult> {
    const outcome = await this.decide.approve(viewer, input);
    if (outcome instanceof Refused) return toRefusal(VerificationDecisionRefused, outcome);
    return Object.assign(new ApproveVerificationPayload(), { verification: toVerificationRequest(outcome) });
  }

  @Permission('reviews:decide')
  @Mutation(() => RejectVerificationResult, {
    description:
      'Makes the business of a request UNVERIFIED again, with a reason that it reads; it may submit once more. Of two admins who decide at once, one has decided. Refusals: `ALREADY_DECIDED`, `VERIFICATION_NOT_FOUND`, `NOT_ALLOWED_IN_STATE`.',
  })
  async rejectVerification(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: RejectVerificationInput,
  ): Promise<typeof RejectVerificationResult> {
    const outcome = await this.decide.reject(viewer, input);
    if (outcome instanceof Refused) return toRefusal(VerificationDecisionRefused, outcome);
    return Object.assign(new RejectVerificationPayload(), { verification: toVerificationRequest(outcome) });
  }
}
