import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Cost, CurrentViewer, Permission, Public } from '@assent/platform';
import { Refused } from '../../domain/refused.js';
import { BusinessViewer } from '../../domain/viewers.js';
import { ConnectSingleSignOn } from '../../use-cases/connect-single-sign-on.js';
import { DescribeViewer } from '../../use-cases/describe-viewer.js';
import { SignInByProvider } from '../../use-cases/sign-in-by-provider.js';
import { UnlinkMember } from '../../use-cases/unlink-member.js';
import { toRefusal } from '../refusals.js';
import { toViewer } from './business.types.js';
import { SignInPayload } from './sign-in.types.js';
import {
  BeginSingleSignOnInput,
  BeginSingleSignOnPayload,
  BeginSingleSignOnResult,
  CompleteSingleSignOnInput,
  CompleteSingleSignOnResult,
  ConnectSingleSignOnInput,
  ConnectSingleSignOnPayload,
  ConnectSingleSignOnRefused,
  ConnectSingleSignOnResult,
  DisconnectSingleSignOnPayload,
  DisconnectSingleSignOnRefused,
  DisconnectSingleSignOnResult,
  SingleSignOn,
  SingleSignOnRefused,
  toSingleSignOn,
  UnlinkMemberInput,
  UnlinkMemberPayload,
  UnlinkMemberRefused,
  UnlinkMemberResult,
} from './single-sign-on.types.js';

/** Staff who sign in at the identity provider of their business. */
@Resolver()
export class SingleSignOnResolver {
  constructor(
    private readonly connections: ConnectSingleSignOn,
    private readonly signOns: SignInByProvider,
    private readonly describe: DescribeViewer,
    private readonly unlink: UnlinkMember,
  ) {}

  @Permission('sign-on:manage')
  @Query(() => SingleSignOn, {
    nullable: true,
    description:
      'The identity provider of your business; null: none is connected. Members with the role OWNER.',
  })
  async singleSignOn(@CurrentViewer() viewer: BusinessViewer): Promise<SingleSignOn | null> {
    const connection = await this.connections.read(viewer);
    return connection ? toSingleSignOn(connection) : null;
  }

  @Permission('sign-on:manage')
  @Cost({ base: 50 })
  @Mutation(() => ConnectSingleSignOnResult, {
    description:
      'Lets your staff sign in at your identity provider (OpenID Connect), in place of the one before: sessions that were opened by that end. Its metadata is asked for before the answer. Members with the role OWNER, in a session of the last 15 minutes; all owners are told by e-mail. Refusals: `SIGN_IN_AGAIN`, `PROVIDER_NOT_USABLE`, `DOMAIN_NOT_OWN`.',
  })
  async connectSingleSignOn(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: ConnectSingleSignOnInput,
  ): Promise<typeof ConnectSingleSignOnResult> {
    const outcome = await this.connections.connect(viewer, input);
    if (outcome instanceof Refused) return toRefusal(ConnectSingleSignOnRefused, outcome);
    return Object.assign(new ConnectSingleSignOnPayload(), { singleSignOn: toSingleSignOn(outcome) });
  }

  @Permission('sign-on:manage')
  @Mutation(() => DisconnectSingleSignOnResult, {
    description:
      'Ends single sign-on, and every session that was opened by it, at once. Members with the role OWNER, in a session of the last 15 minutes. Refusals: `SIGN_IN_AGAIN`.',
  })
  async disconnectSingleSignOn(
    @CurrentViewer() viewer: BusinessViewer,
  ): Promise<typeof DisconnectSingleSignOnResult> {
    const outcome = await this.connections.disconnect(viewer);
    if (outcome instanceof Refused) return toRefusal(DisconnectSingleSignOnRefused, outcome);
    return Object.assign(new DisconnectSingleSignOnPayload(), { disconnected: outcome });
  }

  @Permission('sign-on:manage')
  @Mutation(() => UnlinkMemberResult, {
    description:
      'Takes from a member the account of the identity provider that they sign in by, and ends the sessions that it opened: for an account that is somebody else’s now, or was made anew. Whoever signs in there with the member’s address next is bound to them; so close the account first, or leave it be. Members with the role OWNER, in a session of the last 15 minutes; all owners are told by e-mail. Refusals: `SIGN_IN_AGAIN`.',
  })
  async unlinkMember(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: UnlinkMemberInput,
  ): Promise<typeof UnlinkMemberResult> {
    const outcome = await this.unlink.execute(viewer, input);
    if (outcome instanceof Refused) return toRefusal(UnlinkMemberRefused, outcome);
    return Object.assign(new UnlinkMemberPayload(), { unlinked: outcome });
  }

  @Public()
  @Cost({ base: 50 })
  @Mutation(() => BeginSingleSignOnResult, {
    description:
      'Begins to sign a member in at the identity provider of their business: where to send the browser, and what completes it when it comes back, for 10 minutes. Refusals: `SINGLE_SIGN_ON_OFF`, `PROVIDER_UNAVAILABLE`.',
  })
  async beginSingleSignOn(
    @Args('input') input: BeginSingleSignOnInput,
  ): Promise<typeof BeginSingleSignOnResult> {
    const outcome = await this.signOns.begin(input);
    if (outcome instanceof Refused) return toRefusal(SingleSignOnRefused, outcome);
    return Object.assign(new BeginSingleSignOnPayload(), outcome);
  }

  @Public()
  @Cost({ base: 50 })
  @Mutation(() => CompleteSingleSignOnResult, {
    description:
      'Opens a session of 12 hours for the member whom the identity provider vouches for. Each sign-in is completed once, whether or not it succeeds. Refusals: `SIGN_ON_INVALID`, `SIGN_ON_NOT_ALLOWED`, `PROVIDER_UNAVAILABLE`.',
  })
  async completeSingleSignOn(
    @Args('input') input: CompleteSingleSignOnInput,
  ): Promise<typeof CompleteSingleSignOnResult> {
    const outcome = await this.signOns.complete(input);
    if (outcome instanceof Refused) return toRefusal(SingleSignOnRefused, outcome);
    const { token, expiresAt, viewer } = outcome;
    const description = toViewer(await this.describe.execute(viewer));
    return Object.assign(new SignInPayload(), { token, expiresAt, viewer: description });
  }
}
