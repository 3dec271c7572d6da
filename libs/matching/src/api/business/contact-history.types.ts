import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConsentAction, ConsentActor } from '@assent/consent';
import { connectionType, Refusal, resultUnion } from '@assent/platform';
import { ContactPurpose } from './contact.types.js';

@ObjectType({ description: 'What an opt-in that was given elsewhere rests on, as it was imported.' })
export class ContactConsentEvidence {
  @Field(() => String, { description: 'Its kind, for example DOUBLE_OPT_IN.' })
  kind!: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was given (UTC).' })
  at!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the wording that the person saw, in hex.',
  })
  wordingHash!: string | null;

  @Field(() => String, { nullable: true, description: 'Your own reference to it.' })
  reference!: string | null;
}

@ObjectType({ description: 'Something that was said or done about consent between you and a contact.' })
export class ContactConsentEvent {
  @Field(() => ID, { description: 'Opaque id, `evt_…`; yours alone.' })
  id!: string;

  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => ConsentAction)
  action!: ConsentAction;

  @Field(() => ContactPurpose, { nullable: true, description: 'Null: every purpose.' })
  purpose!: ContactPurpose | null;

  @Field(() => ConsentActor)
  actor!: ConsentActor;

  @Field(() => String, { description: 'What it came through, for example app, link, carrier or import.' })
  source!: string;

  @Field(() => Int, { description: 'Version of the consent policy at the time.' })
  policyVersion!: number;

  @Field(() => ContactConsentEvidence, { nullable: true })
  evidence!: ContactConsentEvidence | null;
}

@ObjectType({ description: 'A page of what happened about consent between you and a contact, newest first.' })
export class ContactConsentEventConnection extends connectionType(
  ContactConsentEvent,
  'ContactConsentEventConnection',
) {}

@ObjectType({
  description:
    'The platform’s signed word about one event between you and a contact, with the proof that the consent log has a leaf ' +
    'for it. `npx assent-verify` checks it offline.',
})
export class ContactConsentReceipt {
  @Field(() => ID, { description: 'The event, as you named it.' })
  eventId!: string;

  @Field(() => Int, { description: 'Its place in the log over the ledgers of all persons, from 0.' })
  leafIndex!: number;

  @Field(() => String, {
    description:
      'The receipt, JSON: keep it as a file. It names the person by the id of your contact, and holds nothing by which two ' +
      'businesses could find out that they know the same person.',
  })
  document!: string;
}

@ObjectType({
  implements: () => [Refusal],
  description:
    'RECEIPT_NOT_READY: the event counts, but the log has not been signed with it yet. That takes about a second.',
})
export class ContactConsentReceiptNotReady extends Refusal {}

export const ContactConsentReceiptResult = resultUnion('ContactConsentReceiptResult', [
  ContactConsentReceipt,
  ContactConsentReceiptNotReady,
]);
