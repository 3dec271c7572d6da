import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AdminViewer } from '@assent/accounts';
import { CurrentViewer, Idempotent, PageArgs, Permission, toConnection } from '@assent/platform';
import { PublishPolicy } from '../../use-cases/publish-policy.js';
import { ReadPolicy } from '../../use-cases/read-policy.js';
import {
  ConsentPolicy,
  ConsentPolicyConnection,
  ConsentPolicyRefused,
  PublishConsentPolicyInput,
  PublishConsentPolicyPayload,
  PublishConsentPolicyResult,
  toConsentPolicy,
} from './policy.types.js';

/** The operator's consent policy. */
@Resolver()
export class PolicyResolver {
  constructor(
    private readonly read: ReadPolicy,
    private readonly publish: PublishPolicy,
  ) {}

  @Permission('policy:read')
  @Query(() => ConsentPolicy, {
    nullable: true,
    description:
      'A version of the consent policy, or the one in force now; null where there is no such version.',
  })
  async consentPolicy(
    @Args('version', { type: () => Int, nullable: true, description: 'Left out: the one in force.' })
    version?: number | null,
  ): Promise<ConsentPolicy | null> {
    const policy = await this.read.published(version);
    return policy ? toConsentPolicy(policy) : null;
  }

  @Permission('policy:read')
  @Query(() => ConsentPolicyConnection, {
    description:
      'All versions of the consent policy, newest first, those that are not in force yet included.',
  })
  async consentPolicies(@Args() page: PageArgs): Promise<ConsentPolicyConnection> {
    const { first, policies } = await this.read.page(page);
    return toConnection(policies, first, toConsentPolicy, ({ version }) => String(version));
  }

  @Permission('policy:publish')
  @Idempotent()
  @Mutation(() => PublishConsentPolicyResult, {
    description:
      'Publishes the next version of the consent policy, for ever unchangeable. From its time on every decision follows it, about what is queued already too; what a person stopped stays stopped. A version that is to begin before an announced one replaces that one. Of two admins who publish at once, one has published. Refusals: `POLICY_CHANGED`.',
  })
  async publishConsentPolicy(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: PublishConsentPolicyInput,
  ): Promise<typeof PublishConsentPolicyResult> {
    const outcome = await this.publish.execute(viewer, input);
    if ('newest' in outcome) {
      return Object.assign(new ConsentPolicyRefused(), {
        reason: 'POLICY_CHANGED',
        message: `The newest version is ${outcome.newest}: read it, and publish again on top of it.`,
        retryAt: null,
      });
    }
    return Object.assign(new PublishConsentPolicyPayload(), { policy: toConsentPolicy(outcome) });
  }
}
