import { Field, GraphQLISODateTime, InputType, ObjectType } from '@nestjs/graphql';
import { Refusal, resultUnion } from '@assent/platform';
import { Viewer } from './business.types.js';

@InputType()
export class RegisterBusinessInput {
  @Field(() => String, { description: 'The name that people will see, 1 to 120 characters.' })
  displayName!: string;

  @Field(() => String, { description: 'Where the business is at home: ISO 3166-1 alpha-2, such as DE.' })
  country!: string;

  @Field(() => String, { description: 'The name of its first member, 1 to 120 characters.' })
  ownerName!: string;

  @Field(() => String, { description: "The first member's e-mail address, where the sign-in code is sent." })
  ownerEmail!: string;
}

@ObjectType()
export class RegisterBusinessPayload {
  @Field(() => GraphQLISODateTime, { description: 'When the code that was sent ends.' })
  codeExpiresAt!: Date;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`TOO_MANY_CODES`: five codes were sent to this address in the last 10 minutes. `TOO_MANY_ATTEMPTS`: five wrong codes were entered for it.',
})
export class SignInCodeRefused extends Refusal {}

export const RegisterBusinessResult = resultUnion('RegisterBusinessResult', [
  RegisterBusinessPayload,
  SignInCodeRefused,
]);

@InputType()
export class RequestSignInCodeInput {
  @Field(() => String)
  email!: string;
}

@ObjectType()
export class RequestSignInCodePayload {
  @Field(() => GraphQLISODateTime, { description: 'When a code that was sent now ends.' })
  codeExpiresAt!: Date;
}

export const RequestSignInCodeResult = resultUnion('RequestSignInCodeResult', [
  RequestSignInCodePayload,
  SignInCodeRefused,
]);

@InputType()
export class SignInInput {
  @Field(() => String)
  email!: string;

  @Field(() => String, { description: 'The six digits that were sent.' })
  code!: string;
}

@ObjectType()
export class SignInPayload {
  @Field(() => String, { description: 'Send it as `Authorization: Bearer …`. It is shown only here.' })
  token!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the session ends: 12 hours from now.' })
  expiresAt!: Date;

  @Field(() => Viewer)
  viewer!: Viewer;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`CODE_INVALID`: wrong, expired, used, or never sent. `TOO_MANY_ATTEMPTS`: five wrong codes were entered; ask for a new one at `retryAt`. `SINGLE_SIGN_ON_REQUIRED`: begin with `beginSingleSignOn`.',
})
export class SignInRefused extends Refusal {}

export const SignInResult = resultUnion('SignInResult', [SignInPayload, SignInRefused]);

@ObjectType()
export class SignOutPayload {
  @Field(() => Boolean)
  signedOut!: boolean;
}
