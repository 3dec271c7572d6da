import { Field, GraphQLISODateTime, InputType, ObjectType } from '@nestjs/graphql';
import { Refusal, resultUnion } from '@assent/platform';

@ObjectType({ description: 'You: somebody with a verified phone number.' })
export class Person {
  @Field(() => String, { description: 'Your own number in E.164 form. Only you are ever shown it.' })
  phone!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Country of your number, ISO 3166-1 alpha-2; null for numbers of no country.',
  })
  country!: string | null;

  @Field(() => GraphQLISODateTime, { description: 'When you last proved that the number is yours.' })
  verifiedAt!: Date;
}

@InputType()
export class RequestPhoneCodeInput {
  @Field(() => String, { description: 'A phone number as people write it, at most 40 characters.' })
  phone!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Country of a number in national form, ISO 3166-1 alpha-2, for example DE.',
  })
  country?: string | null;
}

@InputType()
export class VerifyPhoneInput extends RequestPhoneCodeInput {
  @Field(() => String, { description: 'The 6 digits that were sent.' })
  code!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: this number is new to me, and I am not who had it before. You begin with nothing, and what the former ' +
      'owner had here is erased. Within 10 minutes of such a beginning it is the same beginning.',
  })
  startAnew?: boolean | null;
}

@ObjectType()
export class RequestPhoneCodePayload {
  @Field(() => GraphQLISODateTime, { description: 'Until when the code is accepted: 10 minutes from now.' })
  expiresAt!: Date;
}

@ObjectType()
export class VerifyPhonePayload {
  @Field(() => String, {
    description: 'Send it as `Authorization: Bearer …`. Shown this once; stored only as a hash.',
  })
  token!: string;

  @Field(() => GraphQLISODateTime, { description: 'Until when the token is accepted: 30 days from now.' })
  expiresAt!: Date;

  @Field(() => Person)
  person!: Person;

  @Field(() => Boolean, {
    description:
      'Whether this proof made you a person here, with nothing yet. False: you were one, and everything of yours is there.',
  })
  startedAnew!: boolean;
}

@InputType()
export class SignInByOperatorTokenInput {
  @Field(() => String, {
    description:
      "What the operator's own server signed for you: a JSON Web Token (RFC 7519), at most 8,192 characters.",
  })
  token!: string;

  @Field(() => Boolean, { nullable: true, description: 'As in `verifyPhone`: this number is new to me.' })
  startAnew?: boolean | null;
}

@ObjectType()
export class SignInByOperatorTokenPayload extends VerifyPhonePayload {}

@ObjectType()
export class PersonSignOutPayload {
  @Field(() => Boolean, { description: 'Always true: the token that you sent is worth nothing any more.' })
  signedOut!: boolean;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'TOO_MANY_CODES: 5 codes were sent to this number in the last 10 minutes.',
})
export class TooManyPhoneCodes extends Refusal {}

@ObjectType({
  implements: () => [Refusal],
  description:
    'TOO_MANY_ATTEMPTS: 5 wrong codes were entered for this number. At `retryAt` ask for a new code.',
})
export class TooManyPhoneCodeAttempts extends Refusal {}

@ObjectType({
  implements: () => [Refusal],
  description:
    'CODE_INVALID: the code is wrong, used or expired, or none was sent; which of these is not said.',
})
export class PhoneCodeInvalid extends Refusal {}

export const RequestPhoneCodeResult = resultUnion('RequestPhoneCodeResult', [
  RequestPhoneCodePayload,
  TooManyPhoneCodes,
  TooManyPhoneCodeAttempts,
]);

export const VerifyPhoneResult = resultUnion('VerifyPhoneResult', [
  VerifyPhonePayload,
  PhoneCodeInvalid,
  TooManyPhoneCodeAttempts,
]);

@ObjectType({
  implements: () => [Refusal],
  description:
    '`TOKEN_INVALID`: it is not good here, for a reason that is not said. `TOKEN_EXPIRED`, `TOKEN_USED`: ask for a new one. `NUMBER_NOT_VERIFIED`: it vouches for no number. `OPERATOR_KEYS_UNAVAILABLE`: send it again at `retryAt`. `OPERATOR_TOKENS_OFF`: none are taken here.',
})
export class OperatorTokenRefused extends Refusal {}

export const SignInByOperatorTokenResult = resultUnion('SignInByOperatorTokenResult', [
  SignInByOperatorTokenPayload,
  OperatorTokenRefused,
]);
