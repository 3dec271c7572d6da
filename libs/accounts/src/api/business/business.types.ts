import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType, publicId } from '@assent/platform';
import type { Member as StoredMember } from '../../domain/member.js';
import { MemberRole } from '../../domain/permissions.js';
import type { OwnBusiness, ViewerDescription } from '../../use-cases/describe-viewer.js';
import {
  ApiMode,
  BusinessCategory,
  BusinessStatus,
  DomainEvidence,
  ReachTier,
  VerificationStatus,
} from '../enums.js';
import { ApiKey, toApiKey } from './api-key.types.js';

registerEnumType(MemberRole, {
  name: 'MemberRole',
  description: 'What a member may do: `viewer.permissions` has it in full.',
  valuesMap: {
    OWNER: { description: 'Everything.' },
    ADMIN: { description: 'Everything but single sign-on.' },
    AGENT: { description: 'Reads, and sends messages.' },
    ANALYST: { description: 'Reads.' },
  },
});

@ObjectType({ description: 'A request to be verified, and what became of it.' })
export class Verification {
  @Field(() => ID)
  id!: string;

  @Field(() => VerificationStatus)
  status!: VerificationStatus;

  @Field(() => String)
  legalName!: string;

  @Field(() => String)
  registrationNumber!: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  country!: string;

  @Field(() => String)
  website!: string;

  @Field(() => DomainEvidence)
  evidence!: DomainEvidence;

  @Field(() => GraphQLISODateTime)
  submittedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected; null otherwise.' })
  reason!: string | null;
}

@ObjectType({ description: 'An organisation with an account, as itself sees it.' })
export class Business {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The name that people see.' })
  displayName!: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  country!: string;

  @Field(() => BusinessStatus)
  status!: BusinessStatus;

  @Field(() => ReachTier)
  reachTier!: ReachTier;

  @Field(() => BusinessCategory, {
    nullable: true,
    description: 'What people read that you do: as your last approved verification says.',
  })
  category!: BusinessCategory | null;

  @Field(() => Verification, { nullable: true, description: 'The newest request to be verified.' })
  verification!: Verification | null;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;
}

@ObjectType({ description: 'One of the staff of a business.' })
export class Member {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  email!: string;

  @Field(() => MemberRole)
  role!: MemberRole;
}

/** A page of members. */
@ObjectType({ description: 'A page of members, oldest first.' })
export class MemberConnection extends connectionType(Member, 'MemberConnection') {}

@ObjectType({ description: 'Who asks: a member who signed in, or an API key; and for which business.' })
export class Viewer {
  @Field(() => Member, { nullable: true, description: 'Null where an API key asks.' })
  member!: Member | null;

  @Field(() => ApiKey, { nullable: true, description: 'Null where a member asks.' })
  apiKey!: ApiKey | null;

  @Field(() => ApiMode, {
    description:
      'LIVE for members and for keys of live mode. TEST: nothing that this viewer sees or does is about real people.',
  })
  mode!: ApiMode;

  @Field(() => Business)
  business!: Business;

  @Field(() => [String], { description: 'What this viewer may do, such as "messages:send".' })
  permissions!: string[];
}

export function toBusiness({ business, verification }: OwnBusiness): Business {
  return {
    ...business,
    id: publicId('biz', business.id),
    verification: verification && { ...verification, id: publicId('ver', verification.id) },
  };
}

export function toMember({ id, name, email, role }: StoredMember): Member {
  return { id: publicId('mem', id), name, email, role };
}

export function toViewer({ mode, member, apiKey, permissions, ...own }: ViewerDescription): Viewer {
  return {
    mode,
    member: member && toMember(member),
    apiKey: apiKey && toApiKey(apiKey),
    business: toBusiness(own),
    permissions,
  };
}
