import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType } from '@assent/platform';
import { ConsentAction, ConsentActor } from '../../domain/consent-event.js';
import { Basis, type QuietHours } from '../../domain/policy.js';
import { Purpose } from '../../domain/purpose.js';
import type { Evidence } from '../../domain/evidence.js';
import { EvidenceKind, ImportEvidence } from '../enums.js';

/** How far a consent reaches. */
export const ScopeKind = {
  EVERYTHING: 'EVERYTHING',
  BUSINESS: 'BUSINESS',
  PURPOSE: 'PURPOSE',
  BUSINESS_PURPOSE: 'BUSINESS_PURPOSE',
} as const;
export type ScopeKind = keyof typeof ScopeKind;

/** What a person's last word is. */
export const StandingKind = {
  ALLOWED: 'ALLOWED',
  STOPPED: 'STOPPED',
  BLOCKED: 'BLOCKED',
  LIFTED: 'LIFTED',
} as const;
export type StandingKind = keyof typeof StandingKind;

registerEnumType(Purpose, {
  name: 'Purpose',
  description: 'What a message, or another use of your data, is for.',
  valuesMap: {
    AUTHENTICATION: { description: 'Codes and confirmations that you asked for.' },
    SERVICE: { description: 'What concerns an order, a booking, an account of yours.' },
    MARKETING: { description: 'Offers and news.' },
    MATCHING: { description: 'A business that has your number may find out that you can be reached here.' },
    ADS: { description: 'You may count among the people that an ad is meant for.' },
    ANALYTICS: { description: 'You may count in statistics.' },
  },
});
registerEnumType(ScopeKind, {
  name: 'ConsentScope',
  description:
    'How far it reaches: everything, all of a business, a purpose of all businesses, a purpose of one.',
});
registerEnumType(StandingKind, {
  name: 'ConsentStanding',
  description: 'Your last word on something. A stop or a block always wins over an allowance.',
  valuesMap: {
    ALLOWED: { description: 'You allowed this purpose: where it needs an opt-in, this is it.' },
    STOPPED: { description: 'Nothing that this covers reaches you.' },
    BLOCKED: { description: 'Nothing of this business reaches you.' },
    LIFTED: { description: 'No longer stopped or blocked; your other consents and the policy decide.' },
  },
});
registerEnumType(Basis, {
  name: 'ConsentBasis',
  description: 'What holds for a purpose while you have said nothing about it.',
  valuesMap: {
    OPT_IN: { description: 'Nothing passes until you allow it.' },
    OPT_OUT: { description: 'It passes until you stop it.' },
  },
});
registerEnumType(ConsentAction, { name: 'ConsentAction', description: 'What was done about a consent.' });
registerEnumType(ConsentActor, { name: 'ConsentActor', description: 'Who did it.' });

/** What the fields that are loaded only when asked for need. */
abstract class OfBusiness {
  businessId!: string | null;
}

@ObjectType({
  description: 'Something that you allowed, stopped or blocked. Its business is null where it concerns all.',
})
export class Consent extends OfBusiness {
  @Field(() => ScopeKind)
  scope!: ScopeKind;

  @Field(() => Purpose, { nullable: true, description: 'Null: every purpose.' })
  purpose!: Purpose | null;

  @Field(() => StandingKind)
  standing!: StandingKind;

  @Field(() => GraphQLISODateTime)
  since!: Date;
}

@ObjectType({ description: 'A page of what stands, newest first.' })
export class ConsentConnection extends connectionType(Consent, 'ConsentConnection') {}

@ObjectType({ description: 'Hours of your day in which messages of a purpose wait.' })
export class ConsentQuietHours {
  @Field(() => String, { description: 'Time of day, `HH:MM`, at which they begin.' })
  from!: string;

  @Field(() => String, {
    description: 'Time of day, `HH:MM`, at which they end; where it is the earlier one, on the next day.',
  })
  to!: string;
}

@ObjectType({ description: 'What the policy says of a purpose, for whatever you have said nothing about.' })
export class ConsentDefault {
  @Field(() => Purpose)
  purpose!: Purpose;

  @Field(() => Basis)
  basis!: Basis;

  @Field(() => Int, {
    nullable: true,
    description: 'How many days (of 24 hours) your opt-in counts; null: until you withdraw it.',
  })
  validDays!: number | null;

  @Field(() => [ImportEvidence], {
    description:
      'With what evidence a business may bring in an opt-in that you gave it elsewhere. Empty: it can not.',
  })
  evidence!: readonly ImportEvidence[];

  @Field(() => ConsentQuietHours, {
    nullable: true,
    description: 'When messages of this purpose wait, in your time zone; null: never.',
  })
  quietHours!: QuietHours | null;

  @Field(() => Int, { description: 'Version of the policy that says so.' })
  policyVersion!: number;
}

@ObjectType({ description: 'What an opt-in rests on that you did not give in this app.' })
export class ConsentEvidence implements Evidence {
  @Field(() => EvidenceKind)
  kind!: EvidenceKind;

  @Field(() => GraphQLISODateTime, { name: 'givenAt', description: 'When you are said to have given it.' })
  at!: Date;

  @Field(() => String, {
    nullable: true,
    description:
      'SHA-256, in hex, of the wording that you are said to have agreed to. Ask the business for the wording.',
  })
  wordingHash!: string | null;

  @Field(() => String, { nullable: true, description: 'Where the business finds its record of it.' })
  reference!: string | null;
}

@ObjectType({ description: 'One entry of your consent ledger. Entries are never changed or removed.' })
export class ConsentEvent extends OfBusiness {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Its place in your ledger, from 1, without gaps.' })
  sequence!: number;

  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => ConsentAction)
  action!: ConsentAction;

  @Field(() => Purpose, { nullable: true, description: 'Null: every purpose.' })
  purpose!: Purpose | null;

  @Field(() => ConsentActor)
  actor!: ConsentActor;

  @Field(() => String, { description: 'What it came through, for example app.' })
  source!: string;

  @Field(() => ConsentEvidence, {
    nullable: true,
    description: 'What an opt-in rests on that a business brought in; null for whatever else.',
  })
  evidence!: Evidence | null;

  @Field(() => Int, { description: 'Version of the consent policy at the time.' })
  policyVersion!: number;

  @Field(() => String, { description: 'SHA-256 over the entry before, a salt and this entry, in hex.' })
  hash!: string;
}

@ObjectType({ description: 'A page of your consent ledger, newest first.' })
export class ConsentEventConnection extends connectionType(ConsentEvent, 'ConsentEventConnection') {}

/** What `stop` and `allow` may name. */
@InputType({ isAbstract: true })
abstract class ScopeInput {
  @Field(() => ID, { nullable: true, description: 'One business, `biz_…`; without it: all of them.' })
  business?: string | null;

  @Field(() => Purpose, { nullable: true, description: 'One purpose; without it: all of them.' })
  purpose?: Purpose | null;
}

/** What `block` and `unblock` name. */
@InputType({ isAbstract: true })
abstract class BusinessInput {
  @Field(() => ID, { description: 'The business, `biz_…`.' })
  business!: string;
}

/** What every change answers. */
@ObjectType({ isAbstract: true })
export abstract class ChangePayload {
  @Field(() => Consent, { description: 'What stands in this scope now.' })
  consent!: Consent;

  @Field(() => ID, { description: 'Id of the entry in your consent ledger.' })
  eventId!: string;
}

@InputType()
export class StopInput extends ScopeInput {}
@InputType()
export class AllowInput extends ScopeInput {}
@InputType()
export class BlockInput extends BusinessInput {}
@InputType()
export class UnblockInput extends BusinessInput {}

@ObjectType()
export class StopPayload extends ChangePayload {}
@ObjectType()
export class AllowPayload extends ChangePayload {}
@ObjectType()
export class BlockPayload extends ChangePayload {}
@ObjectType()
export class UnblockPayload extends ChangePayload {}

@InputType()
export class StopAllInput {
  @Field(() => [StopInput], { description: '1 to 50 scopes.' })
  scopes!: StopInput[];
}

@ObjectType()
export class StopAllPayload {
  @Field(() => [StopPayload], { description: 'One for each scope, in the order of the input.' })
  stops!: StopPayload[];
}
