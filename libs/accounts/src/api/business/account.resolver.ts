import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Cost, CurrentViewer, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import { Refused } from '../../domain/refused.js';
import { BusinessViewer } from '../../domain/viewers.js';
import { ChallengeDomain } from '../../use-cases/challenge-domain.js';
import { DescribeViewer } from '../../use-cases/describe-viewer.js';
import { ReadMembers } from '../../use-cases/read-members.js';
import { SubmitVerification } from '../../use-cases/submit-verification.js';
import { toRefusal } from '../refusals.js';
import { MemberConnection, toBusiness, toMember, toViewer, Viewer } from './business.types.js';
import {
  DomainChallenge,
  SubmitVerificationInput,
  SubmitVerificationPayload,
  SubmitVerificationRefused,
  SubmitVerificationResult,
} from './verification.types.js';

@Resolver()
export class AccountResolver {
  constructor(
    private readonly describe: DescribeViewer,
    private readonly staff: ReadMembers,
    private readonly challenge: ChallengeDomain,
    private readonly submission: SubmitVerification,
  ) {}

  @Permission('account:read')
  @Query(() => Viewer, { description: 'Who asks, for which business, and what they may do.' })
  async viewer(@CurrentViewer() viewer: BusinessViewer): Promise<Viewer> {
    return toViewer(await this.describe.execute(viewer));
  }

  @Permission('account:read')
  @Query(() => MemberConnection, { description: 'The staff of your business, oldest first.' })
  async members(@CurrentViewer() viewer: BusinessViewer, @Args() page: PageArgs): Promise<MemberConnection> {
    const members = await this.staff.page(viewer, page);
    return toConnection(members, page.first, toMember, ({ id }) => publicId('mem', id));
  }

  @Permission('verification:submit')
  @Query(() => DomainChallenge, {
    description:
      'What to publish to prove control over the domain of a website, by file or by DNS. The same for the same business and host, always.',
  })
  domainChallenge(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('website', { type: () => String }) website: string,
  ): DomainChallenge {
    return this.challenge.execute(viewer, website);
  }

  @Permission('verification:submit')
  @Cost({ base: 50 })
  @Mutation(() => SubmitVerificationResult, {
    description:
      'Asks the operator to verify the business. The domain is checked before the answer: the file is fetched (10 s, 64 KiB, no redirects) or the TXT record resolved. The business is then PENDING. At most 10 in 10 minutes. Refusals: `DOMAIN_NOT_PROVEN`, `NOT_ALLOWED_IN_STATE`, `TOO_MANY_CHECKS`.',
  })
  async submitVerification(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: SubmitVerificationInput,
  ): Promise<typeof SubmitVerificationResult> {
    const outcome = await this.submission.execute(viewer, input);
    if (outcome instanceof Refused) return toRefusal(SubmitVerificationRefused, outcome);
    return Object.assign(new SubmitVerificationPayload(), { business: toBusiness(outcome) });
  }
}
