import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Purpose } from '@assent/consent';
import { connectionType } from '@assent/platform';
import type { DisclosedRule } from '../../domain/contact.js';

/** Purposes as a business reads of them. */
export const ContactPurpose = { ...Purpose } as const;
export type ContactPurpose = keyof typeof ContactPurpose;

/** The rule that decided about a purpose. */
export const ContactConsentRule = {
  ALLOWED: 'ALLOWED',
  NOT_STOPPED: 'NOT_STOPPED',
  NO_OPT_IN: 'NO_OPT_IN',
  OPT_IN_EXPIRED: 'OPT_IN_EXPIRED',
  STOPPED: 'STOPPED',
  BLOCKED: 'BLOCKED',
} as const satisfies Record<DisclosedRule, string>;
export type ContactConsentRule = keyof typeof ContactConsentRule;

registerEnumType(ContactPurpose, {
  name: 'ContactPurpose',
  description: 'What a person’s consent is asked for.',
  valuesMap: {
    AUTHENTICATION: { description: 'Codes and confirmations that the person is waiting for.' },
    SERVICE: { description: 'Something about an order, a booking or an account of theirs.' },
    MARKETING: { description: 'Anything that is meant to sell.' },
    MATCHING: { description: 'Becoming a contact of a business that has their number.' },
    ADS: { description: 'Counting among the people that an ad is meant for.' },
    ANALYTICS: { description: 'Counting in statistics.' },
  },
});
registerEnumType(ContactConsentRule, {
  name: 'ContactConsentRule',
  description: 'Why a purpose is allowed or not. A refusal always wins, and only the person lifts it.',
  valuesMap: {
    ALLOWED: { description: 'Allowed: the person said so.' },
    NOT_STOPPED: { description: 'Allowed by the operator’s policy until the person stops it.' },
    NO_OPT_IN: { description: 'Not allowed: the policy wants an opt-in, and the person gave none.' },
    OPT_IN_EXPIRED: {
      description: 'Not allowed: the policy wants an opt-in, and the person’s counts no longer.',
    },
    STOPPED: { description: 'Not allowed: the person stopped it, for you or for everyone.' },
    BLOCKED: { description: 'Not allowed: the person blocked you.' },
  },
});

/** What holds for one purpose between a business and one of its contacts. */
@ObjectType({ description: 'Whether a contact lets you use one purpose, by which rule, and since when.' })
export class ContactConsent {
  @Field(() => ContactPurpose)
  purpose!: ContactPurpose;

  @Field(() => Boolean)
  allowed!: boolean;

  @Field(() => ContactConsentRule)
  rule!: ContactConsentRule;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'Since when (UTC), where the person said so to you alone; null where they said it to everyone or nothing at all.',
  })
  since!: Date | null;

  @Field(() => Int, {
    description:
      'Version of the consent policy that this was judged by: the one in force for their country now.',
  })
  policyVersion!: number;
}

/** A contact as its business sees it. */
@ObjectType({
  description:
    'A person whom you may know here: one of your customers who is on the platform and allowed to be matched. The id is all that you ever hold of them: other businesses know the same person by unrelated ids. You learn neither their number, nor their name, nor what they allow other businesses.',
})
export class Contact {
  @Field(() => ID, {
    description: 'Opaque id, `ctc_…`; yours alone, and the same for as long as the contact exists.',
  })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Your own id of the customer, from your newest match of their number; null when you have used it for another number since.',
  })
  externalId!: string | null;

  @Field(() => GraphQLISODateTime, { description: 'When you first matched them (UTC).' })
  createdAt!: Date;

  /** The id behind the handle; no field. */
  contactId!: string;
}

/** A page of contacts. */
@ObjectType({ description: 'A page of contacts, oldest first.' })
export class ContactConnection extends connectionType(Contact, 'ContactConnection') {}

/** How to name a contact. */
@InputType({ isOneOf: true, description: 'Names a contact in one of two ways.' })
export class ContactBy {
  @Field(() => ID, { nullable: true, description: 'Its id, `ctc_…`.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Your own id of the customer, 1 to 255 characters.' })
  externalId?: string | null;
}
