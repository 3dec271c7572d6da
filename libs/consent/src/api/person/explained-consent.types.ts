import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Handles } from '@assent/platform';
import type { ConsentVerdict } from '../../domain/judge-consent.js';
import { Basis } from '../../domain/policy.js';
import { Purpose } from '../../domain/purpose.js';
import type { ExplainedConsent as Explained } from '../../use-cases/explain-consents.js';

/** The rule that decided about a purpose. */
export const ConsentRule = {
  ALLOWED: 'ALLOWED',
  NOT_STOPPED: 'NOT_STOPPED',
  BLOCKED: 'BLOCKED',
  STOPPED_EVERYTHING: 'STOPPED_EVERYTHING',
  STOPPED_BUSINESS: 'STOPPED_BUSINESS',
  STOPPED_PURPOSE: 'STOPPED_PURPOSE',
  NO_OPT_IN: 'NO_OPT_IN',
  OPT_IN_EXPIRED: 'OPT_IN_EXPIRED',
} as const satisfies { [Rule in ConsentVerdict['rule']]: Rule };
export type ConsentRule = keyof typeof ConsentRule;

registerEnumType(ConsentRule, {
  name: 'ConsentRule',
  description: 'Why a business may use a purpose with you, or may not. A refusal of yours always wins.',
  valuesMap: {
    ALLOWED: { description: 'It may: there is an opt-in of yours.' },
    NOT_STOPPED: { description: 'It may until you stop it, by the policy for your country.' },
    BLOCKED: { description: 'It may not: you blocked it.' },
    STOPPED_EVERYTHING: { description: 'It may not: you stopped everything.' },
    STOPPED_BUSINESS: { description: 'It may not: you stopped this business.' },
    STOPPED_PURPOSE: { description: 'It may not: you stopped this purpose, for this business or for all.' },
    NO_OPT_IN: { description: 'It may not: it needs an opt-in of yours, and there is none.' },
    OPT_IN_EXPIRED: { description: 'It may not: your opt-in counts no longer.' },
  },
});

@ObjectType({
  description: 'Whether a business may use one purpose with you, by which rule, and on what ground.',
})
export class ExplainedConsent {
  @Field(() => Purpose)
  purpose!: Purpose;

  @Field(() => Boolean)
  allowed!: boolean;

  @Field(() => ConsentRule)
  rule!: ConsentRule;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Since when (UTC) it is so by what you said; null where you said nothing about it.',
  })
  since!: Date | null;

  @Field(() => Basis, { description: 'What the policy for your country asks for.' })
  basis!: Basis;

  @Field(() => Int, { description: 'Version of that policy, the one in force now.' })
  policyVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: 'What your word came through, for example app; null where you said nothing about it.',
  })
  source!: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The entry of your consent ledger that says so, for `consentReceipt`; null where you said nothing about it.',
  })
  eventId!: string | null;
}

/** What a person reads of it. */
export function toExplainedConsent(
  handles: Handles,
  personId: string,
  { purpose, verdict, basis, policyVersion, by }: Explained,
): ExplainedConsent {
  return {
    purpose,
    allowed: verdict.allowed,
    rule: verdict.rule,
    since: verdict.since ?? null,
    basis,
    policyVersion,
    source: by?.source ?? null,
    eventId: by ? handles.seal(`person:${personId}`, 'evt', by.id) : null,
  };
}
