import { Field, GraphQLISODateTime, InputType, ObjectType } from '@nestjs/graphql';
import { Refusal, resultUnion } from '@assent/platform';

@ObjectType()
export class EnrolSecondFactorPayload {
  @Field(() => String, {
    description: 'For an authenticator app (TOTP, RFC 6238), in base32. It is shown only here.',
  })
  secret!: string;

  @Field(() => String, { description: 'The same as an `otpauth://` URL, to be shown as a QR code.' })
  url!: string;
}

@ObjectType({
  implements: () => Refusal,
  description: '`SECOND_FACTOR_ENROLLED`: you have one already.',
})
export class EnrolSecondFactorRefused extends Refusal {}

export const EnrolSecondFactorResult = resultUnion('EnrolSecondFactorResult', [
  EnrolSecondFactorPayload,
  EnrolSecondFactorRefused,
]);

@InputType()
export class GiveSecondFactorInput {
  @Field(() => String, {
    description: 'The six digits that your app shows now, or one of your recovery codes. Each is good once.',
  })
  code!: string;
}

@ObjectType()
export class GiveSecondFactorPayload {
  @Field(() => GraphQLISODateTime, {
    description: 'When this session needs another code: 12 hours from now.',
  })
  fullUntil!: Date;

  @Field(() => GraphQLISODateTime, {
    description: 'Until when it may do what is dangerous: 5 minutes from now.',
  })
  freshUntil!: Date;

  @Field(() => [String], {
    description: 'With the code that enrolled: ten codes for when the app is lost. They are shown only here.',
  })
  recoveryCodes!: string[];
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`CODE_INVALID`: wrong, over, or used before. `TOO_MANY_ATTEMPTS`: five wrong codes in 15 minutes; wait until `retryAt`. `SECOND_FACTOR_NOT_BEGUN`: ask `enrolSecondFactor` first.',
})
export class GiveSecondFactorRefused extends Refusal {}

export const GiveSecondFactorResult = resultUnion('GiveSecondFactorResult', [
  GiveSecondFactorPayload,
  GiveSecondFactorRefused,
]);
