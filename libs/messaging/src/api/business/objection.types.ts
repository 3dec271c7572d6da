import { Field, GraphQLISODateTime, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Objection as Objecting } from '../../domain/decision.js';
import { GATES } from '../../domain/gate-names.js';
import { REASONS } from '../../domain/reasons.js';

/** What sending would do with a message. */
export const PreflightOutcome = { ALLOWED: 'ALLOWED', DEFERRED: 'DEFERRED', REFUSED: 'REFUSED' } as const;
export type PreflightOutcome = keyof typeof PreflightOutcome;

export const Gate = Object.fromEntries(Object.keys(GATES).map((name) => [name, name]));

registerEnumType(Gate, {
  name: 'Gate',
  description: 'A rule that a message must pass, in the order in which they are asked.',
  valuesMap: Object.fromEntries(Object.entries(GATES).map(([name, description]) => [name, { description }])),
});
registerEnumType(PreflightOutcome, {
  name: 'PreflightOutcome',
  description: 'What sending would do with a message.',
  valuesMap: {
    ALLOWED: { description: 'It would be accepted, and dispatched at once.' },
    DEFERRED: { description: 'It would be accepted, and wait.' },
    REFUSED: { description: 'It would be refused.' },
  },
});
@ObjectType({ description: 'What one gate, asked by itself, has against a message.' })
export class Objection {
  @Field(() => PreflightOutcome, { description: 'DEFERRED or REFUSED.' })
  outcome!: PreflightOutcome;

  @Field(() => Gate)
  gate!: string;

  @Field(() => String, { description: 'Stable, documented name of the reason, for programs.' })
  reason!: string;

  @Field(() => String, { description: 'The reason in a sentence, for people.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'The parameter of the template that it is about.' })
  parameter!: string | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'DEFERRED: until when (UTC) it would wait.',
  })
  deferredUntil!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'REFUSED: when (UTC) it would no longer be; null where waiting does not help.',
  })
  retryAt!: Date | null;
}

/** What a gate said, as a business reads it. */
export function toObjection(objection: Objecting): Objection {
  const { outcome, reason } = objection;
  const { gate, message } = REASONS[reason];
  return {
    outcome,
    gate,
    reason,
    message,
    parameter: objection.outcome === 'REFUSED' ? (objection.parameter ?? null) : null,
    deferredUntil: objection.outcome === 'DEFERRED' ? objection.until : null,
    retryAt: objection.outcome === 'REFUSED' ? objection.retryAt : null,
  };
}
