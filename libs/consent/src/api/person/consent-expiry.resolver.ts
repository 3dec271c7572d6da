import { Context, GraphQLISODateTime, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonViewer } from '@assent/people';
import { CurrentViewer, loaderOf, type RequestContext } from '@assent/platform';
import { expiryOf } from '../../domain/judge-consent.js';
import { ReadPolicy } from '../../use-cases/read-policy.js';
import { Consent } from './consent.types.js';

/** How long an opt-in counts, by the policy in force. */
@Resolver(() => Consent)
export class ConsentExpiryResolver {
  constructor(private readonly policy: ReadPolicy) {}

  @ResolveField(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'From when on (UTC) your opt-in no longer counts, by the policy in force now; allow again to renew it. Null: it counts until you withdraw it, or this is no opt-in.',
  })
  async expiresAt(
    @Parent() { standing, purpose, since }: Consent,
    @CurrentViewer() viewer: PersonViewer,
    @Context() context: RequestContext,
  ): Promise<Date | null> {
    if (standing !== 'ALLOWED' || !purpose) return null;
    const load = async () => new Map([[viewer.personId, await this.policy.forPerson(viewer)]]);
    const policy = await loaderOf(context, this.policy, load).load(viewer.personId);
    return policy ? expiryOf({ subject: purpose, standing, since }, policy) : null;
  }
}
