import { Field, GraphQLISODateTime, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ImportEvidence, ImportPurpose } from '@assent/consent';
import { Refusal, resultUnion } from '@assent/platform';
import { ConsentImportOutcome } from '../../domain/import-answers.js';
import { ContactBy } from './contact.types.js';

registerEnumType(ImportPurpose, {
  name: 'ConsentImportPurpose',
  description:
    'What an opt-in can be imported for. MATCHING is not among it: whether they can be found is for people to say here, not for who looks for them.',
});
registerEnumType(ConsentImportOutcome, {
  name: 'ConsentImportOutcome',
  description: 'What became of an opt-in that you brought in.',
  valuesMap: {
    IMPORTED: { description: 'It counts from now on, and the person is told so in their app.' },
    ALREADY: {
      description: 'An opt-in of theirs to this purpose stands. Nothing changed; its term is not renewed.',
    },
    REFUSED: { description: 'It does not count; `reason` says why.' },
  },
});

/** Evidence of an opt-in. */
@InputType({
  description: 'What shows that the person opted in. It is written into their ledger, where they see it.',
})
export class ConsentEvidenceInput {
  @Field(() => ImportEvidence, {
    description: 'Which kinds are accepted, the policy of their country says for each purpose.',
  })
  kind!: ImportEvidence;

  @Field(() => String, {
    description:
      'SHA-256, in 64 hex digits, of the wording that they agreed to (UTF-8). Keep the wording: it is what the hash proves.',
  })
  wordingHash!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Where you find the record again, 1 to 255 characters: a number of a form, an id in your systems. Never a phone number.',
  })
  reference?: string | null;
}

/** One opt-in. */
@InputType()
export class ImportConsentInput {
  @Field(() => String, {
    description:
      'Your own id of this opt-in, 1 to 255 characters, kept for good. The same opt-in brought in again under it is answered as the first time and does nothing more; another one under it is a conflict. After a refusal use a new one to try again.',
  })
  correlationId!: string;

  @Field(() => ContactBy, { description: 'Whose it is.' })
  contact!: ContactBy;

  @Field(() => ImportPurpose)
  purpose!: ImportPurpose;

  @Field(() => GraphQLISODateTime, {
    description: 'When the person gave it. Where the policy has opt-ins expire, their term runs from here.',
  })
  givenAt!: Date;

  @Field(() => ConsentEvidenceInput)
  evidence!: ConsentEvidenceInput;
}

/** Input of importConsents. */
@InputType()
export class ImportConsentsInput {
  @Field(() => [ImportConsentInput], { description: '1 to 10,000 opt-ins, decided in this order.' })
  items!: ImportConsentInput[];
}

/** The answer for one opt-in. */
@ObjectType({ description: 'The answer for one opt-in of the call.' })
export class ImportConsentResult {
  @Field(() => String, { description: 'As you gave it.' })
  correlationId!: string;

  @Field(() => ConsentImportOutcome)
  outcome!: ConsentImportOutcome;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it was refused: CONTACT_UNKNOWN, CONTACT_BLOCKED, CONSENT_STOPPED, EVIDENCE_NOT_ACCEPTED, OPT_IN_EXPIRED, GIVEN_IN_FUTURE, CORRELATION_CONFLICT, or BUSINESS_SUSPENDED where you were suspended in the middle of the call. Null where it was not.',
  })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'The reason in a sentence, for people.' })
  message!: string | null;

  @Field(() => Boolean, {
    description:
      'True: it was brought in before under this correlation id, this is the answer of then, and nothing was done now.',
  })
  replayed!: boolean;
}

/** The call was carried out. */
@ObjectType()
export class ImportConsentsPayload {
  @Field(() => [ImportConsentResult], {
    description: 'One answer for each opt-in, in the order of the input.',
  })
  results!: ImportConsentResult[];

  constructor(results: ImportConsentResult[]) {
    this.results = results;
  }
}

/** The business may not import. */
@ObjectType({
  implements: () => [Refusal],
  description: 'Reason BUSINESS_NOT_VERIFIED or BUSINESS_SUSPENDED: only verified businesses may import.',
})
export class ImportingNotAllowed extends Refusal {
  constructor(fields: ImportingNotAllowed) {
    super();
    Object.assign(this, fields);
  }
}

export const ImportConsentsResult = resultUnion(
  'ImportConsentsResult',
  [ImportConsentsPayload, ImportingNotAllowed],
  'What became of a call of importConsents.',
);
