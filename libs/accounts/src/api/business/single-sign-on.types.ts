import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Refusal, resultUnion } from '@assent/platform';
import { MemberRole } from '../../domain/permissions.js';
import type { SingleSignOn as Connection } from '../../domain/single-sign-on.js';
import { SignInPayload } from './sign-in.types.js';

@ObjectType({ description: 'What a provider has to say of somebody.' })
export class RequiredClaim {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'The value, or one of the values where it is a list.' })
  value!: string;
}

@ObjectType({
  description: 'How your staff sign in at your identity provider. The client secret is never shown.',
})
export class SingleSignOn {
  @Field(() => String)
  issuer!: string;

  @Field(() => String)
  clientId!: string;

  @Field(() => String)
  redirectUri!: string;

  @Field(() => [String], { description: 'Only addresses at these domains; empty: at any.' })
  emailDomains!: string[];

  @Field(() => RequiredClaim, { nullable: true })
  requiredClaim!: RequiredClaim | null;

  @Field(() => MemberRole, {
    nullable: true,
    description: 'What somebody becomes who is no member yet; null: they are not let in.',
  })
  defaultRole!: MemberRole | null;

  @Field(() => Boolean, { description: 'Whether members other than owners sign in by it only.' })
  required!: boolean;

  @Field(() => GraphQLISODateTime)
  connectedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it last signed somebody in.' })
  lastUsedAt!: Date | null;
}

@InputType()
export class RequiredClaimInput {
  @Field(() => String, { description: 'Name of a claim, such as `groups`; 1 to 255 characters.' })
  name!: string;

  @Field(() => String, { description: 'Its value, or one of its values; 1 to 255 characters.' })
  value!: string;
}

@InputType()
export class ConnectSingleSignOnInput {
  @Field(() => String, {
    description:
      'The provider as it names itself: an https URL of at most 500 characters, below which `/.well-known/openid-configuration` stands.',
  })
  issuer!: string;

  @Field(() => String, { description: 'What the provider calls Assent; 1 to 255 characters.' })
  clientId!: string;

  @Field(() => String, {
    description: 'The secret that it gave for that; kept sealed, and never shown again.',
  })
  clientSecret!: string;

  @Field(() => String, {
    description:
      'Where your dashboard takes browsers back, as it is registered at the provider: an https URL of at most 500 characters.',
  })
  redirectUri!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Only addresses at these domains, at most 20, which the provider has to have verified.',
  })
  emailDomains?: string[] | null;

  @Field(() => RequiredClaimInput, { nullable: true, description: 'Only who the provider says this of.' })
  requiredClaim?: RequiredClaimInput | null;

  @Field(() => MemberRole, {
    nullable: true,
    description:
      'Makes members of those who are none yet: ADMIN, AGENT or ANALYST. It needs `emailDomains`, and that you have proved the website of each of them.',
  })
  defaultRole?: MemberRole | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: members other than owners sign in by it only, and no session of theirs that a code opened is taken. By default false.',
  })
  required?: boolean | null;
}

@ObjectType()
export class ConnectSingleSignOnPayload {
  @Field(() => SingleSignOn)
  singleSignOn!: SingleSignOn;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`SIGN_IN_AGAIN`: your session is older than 15 minutes. `PROVIDER_NOT_USABLE`: the message says what the issuer answered. `DOMAIN_NOT_OWN`: a default role is for domains whose website you have proved.',
})
export class ConnectSingleSignOnRefused extends Refusal {}

export const ConnectSingleSignOnResult = resultUnion('ConnectSingleSignOnResult', [
  ConnectSingleSignOnPayload,
  ConnectSingleSignOnRefused,
]);

@ObjectType()
export class DisconnectSingleSignOnPayload {
  @Field(() => Boolean, { description: 'False: nothing was connected.' })
  disconnected!: boolean;
}

@ObjectType({
  implements: () => Refusal,
  description: '`SIGN_IN_AGAIN`: your session is older than 15 minutes.',
})
export class DisconnectSingleSignOnRefused extends Refusal {}

export const DisconnectSingleSignOnResult = resultUnion('DisconnectSingleSignOnResult', [
  DisconnectSingleSignOnPayload,
  DisconnectSingleSignOnRefused,
]);

@InputType()
export class UnlinkMemberInput {
  @Field(() => ID, { description: 'A member of yours, `mem_…`.' })
  member!: string;
}

@ObjectType()
export class UnlinkMemberPayload {
  @Field(() => Boolean, { description: 'False: no member of yours by this id had an account.' })
  unlinked!: boolean;
}

@ObjectType({
  implements: () => Refusal,
  description: '`SIGN_IN_AGAIN`: your session is older than 15 minutes.',
})
export class UnlinkMemberRefused extends Refusal {}

export const UnlinkMemberResult = resultUnion('UnlinkMemberResult', [
  UnlinkMemberPayload,
  UnlinkMemberRefused,
]);

@InputType()
export class BeginSingleSignOnInput {
  @Field(() => ID, { description: 'The business, `biz_…`.' })
  business!: string;
}

@ObjectType()
export class BeginSingleSignOnPayload {
  @Field(() => String, { description: 'Send the browser there.' })
  authorizationUrl!: string;

  @Field(() => String, {
    description:
      'Keep it in this browser, such as in its session storage, and nowhere else: without it nobody completes this sign-in.',
  })
  attempt!: string;

  @Field(() => GraphQLISODateTime, { description: 'Until when it can be completed: 10 minutes from now.' })
  expiresAt!: Date;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`SINGLE_SIGN_ON_OFF`: there is none. `PROVIDER_UNAVAILABLE`: begin again at `retryAt`. `SIGN_ON_INVALID`: what came back does not belong to this sign-in, is not genuine, or comes too late. `SIGN_ON_NOT_ALLOWED`: the business does not let this account in.',
})
export class SingleSignOnRefused extends Refusal {}

export const BeginSingleSignOnResult = resultUnion('BeginSingleSignOnResult', [
  BeginSingleSignOnPayload,
  SingleSignOnRefused,
]);

@InputType()
export class CompleteSingleSignOnInput {
  @Field(() => String, { description: 'What `beginSingleSignOn` answered to this browser.' })
  attempt!: string;

  @Field(() => String, {
    description:
      'The whole URL that the provider sent the browser back to, with `code` and `state`; at most 8,192 characters.',
  })
  callbackUrl!: string;
}

export const CompleteSingleSignOnResult = resultUnion('CompleteSingleSignOnResult', [
  SignInPayload,
  SingleSignOnRefused,
]);

export function toSingleSignOn(connection: Connection): SingleSignOn {
  const { issuer, clientId, redirectUri, emailDomains, requiredClaim } = connection;
  const { defaultRole, required, connectedAt, lastUsedAt } = connection;
  return Object.assign(new SingleSignOn(), {
    issuer,
    clientId,
    redirectUri,
    emailDomains,
    requiredClaim,
    defaultRole,
    required,
    connectedAt,
    lastUsedAt,
  });
}
