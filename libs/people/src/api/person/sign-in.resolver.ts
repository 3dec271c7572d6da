import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Cost, CurrentViewer, Permission, Public } from '@assent/platform';
import { type OneTimeCodeRefusal, Refused, toRefusal } from '@assent/accounts';
import { PersonViewer } from '../../domain/person-viewer.js';
import { PHONE_REASONS } from '../../domain/phone-reasons.js';
import { ReadPerson } from '../../use-cases/read-person.js';
import { RequestPhoneCode } from '../../use-cases/request-phone-code.js';
import { SignInByOperatorToken } from '../../use-cases/sign-in-by-operator-token.js';
import { SignOutPerson } from '../../use-cases/sign-out.js';
import { VerifyPhone } from '../../use-cases/verify-phone.js';
import {
  OperatorTokenRefused,
  Person,
  PersonSignOutPayload,
  PhoneCodeInvalid,
  RequestPhoneCodeInput,
  RequestPhoneCodePayload,
  RequestPhoneCodeResult,
  SignInByOperatorTokenInput,
  SignInByOperatorTokenPayload,
  SignInByOperatorTokenResult,
  TooManyPhoneCodeAttempts,
  TooManyPhoneCodes,
  VerifyPhoneInput,
  VerifyPhonePayload,
  VerifyPhoneResult,
} from './person.types.js';

/** Proving a number, and who one is. */
@Resolver(() => Person)
export class SignInResolver {
  constructor(
    private readonly requestCode: RequestPhoneCode,
    private readonly verify: VerifyPhone,
    private readonly signIn: SignInByOperatorToken,
    private readonly read: ReadPerson,
    private readonly signOutPerson: SignOutPerson,
  ) {}

  @Public()
  @Cost({ base: 50 })
  @Mutation(() => RequestPhoneCodeResult, {
    description:
      'Sends a code of 6 digits to a phone number. It lives for 10 minutes and ends the one before. At most 5 codes ' +
      'to one number in any 10 minutes, exactly. Answers alike whether or not the number is known here.',
  })
  async requestPhoneCode(
    @Args('input') input: RequestPhoneCodeInput,
  ): Promise<RequestPhoneCodePayload | TooManyPhoneCodes | TooManyPhoneCodeAttempts> {
    const outcome = await this.requestCode.execute(input);
    return 'refused' in outcome ? refusalOf(outcome) : Object.assign(new RequestPhoneCodePayload(), outcome);
  }

  @Public()
  @Cost({ base: 50 })
  @Mutation(() => VerifyPhoneResult, {
    description:
      'Proves a phone number by the code that was sent to it, and signs in. Whoever proves a number for the first ' +
      'time becomes a person here by it. A number that nobody has proved for 90 days (the operator may have set another ' +
      "time) counts as somebody else's by now, and whoever proves it begins anew, unless they send a valid session of the " +
      'person whose it was. At most 5 wrong codes for one number; a new code brings no new tries.',
  })
  async verifyPhone(
    @CurrentViewer() viewer: PersonViewer | undefined,
    @Args('input') input: VerifyPhoneInput,
  ): Promise<VerifyPhonePayload | PhoneCodeInvalid | TooManyPhoneCodeAttempts> {
    const outcome = await this.verify.execute(input, viewer);
    return 'refused' in outcome ? refusalOf(outcome) : Object.assign(new VerifyPhonePayload(), outcome);
  }

  @Public()
  @Cost({ base: 50 })
  @Mutation(() => SignInByOperatorTokenResult, {
    description:
      "Signs one of the operator's own users in, without another code: by a token that the operator's server signed, which names a " +
      'verified number. It does what `verifyPhone` does for that number, and is taken once, soon after it was made. Refusals: ' +
      '`OPERATOR_TOKENS_OFF`, `TOKEN_INVALID`, `TOKEN_EXPIRED`, `TOKEN_USED`, `NUMBER_NOT_VERIFIED`, `OPERATOR_KEYS_UNAVAILABLE`.',
  })
  async signInByOperatorToken(
    @CurrentViewer() viewer: PersonViewer | undefined,
    @Args('input') input: SignInByOperatorTokenInput,
  ): Promise<typeof SignInByOperatorTokenResult> {
    const outcome = await this.signIn.execute(input, viewer);
    if (outcome instanceof Refused) return toRefusal(OperatorTokenRefused, outcome);
    return Object.assign(new SignInByOperatorTokenPayload(), outcome);
  }

  @Permission('person')
  @Mutation(() => PersonSignOutPayload, {
    description: 'Ends the session whose token you send; other devices stay signed in.',
  })
  async signOut(@CurrentViewer() viewer: PersonViewer): Promise<PersonSignOutPayload> {
    await this.signOutPerson.execute(viewer);
    return { signedOut: true };
  }

  @Permission('person')
  @Query(() => Person, { description: 'Who you are here.' })
  async me(@CurrentViewer() viewer: PersonViewer): Promise<Person> {
    return this.read.execute(viewer);
  }
}

const REFUSALS = {
  TOO_MANY_CODES: [TooManyPhoneCodes, PHONE_REASONS.TOO_MANY_CODES.message],
  TOO_MANY_ATTEMPTS: [TooManyPhoneCodeAttempts, PHONE_REASONS.TOO_MANY_ATTEMPTS.message],
  CODE_INVALID: [PhoneCodeInvalid, PHONE_REASONS.CODE_INVALID.message],
} as const;

function refusalOf({ refused, retryAt }: OneTimeCodeRefusal) {
  const [Kind, message] = REFUSALS[refused];
  return Object.assign(new Kind(), { reason: refused, message, retryAt });
}
