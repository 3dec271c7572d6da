import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Cost, CurrentViewer, Permission, Public } from '@assent/platform';
import { Refused } from '../../domain/refused.js';
import { BusinessViewer } from '../../domain/viewers.js';
import { DescribeViewer } from '../../use-cases/describe-viewer.js';
import { RegisterBusiness } from '../../use-cases/register-business.js';
import { RequestSignInCode } from '../../use-cases/request-sign-in-code.js';
import { SignIn } from '../../use-cases/sign-in.js';
import { SignOut } from '../../use-cases/sign-out.js';
import { toRefusal } from '../refusals.js';
import { toViewer } from './business.types.js';
import {
  RegisterBusinessInput,
  RegisterBusinessPayload,
  RegisterBusinessResult,
  RequestSignInCodeInput,
  RequestSignInCodePayload,
  RequestSignInCodeResult,
  SignInCodeRefused,
  SignInInput,
  SignInPayload,
  SignInRefused,
  SignInResult,
  SignOutPayload,
} from './sign-in.types.js';

@Resolver()
export class SignInResolver {
  constructor(
    private readonly registration: RegisterBusiness,
    private readonly codes: RequestSignInCode,
    private readonly sessions: SignIn,
    private readonly ending: SignOut,
    private readonly describe: DescribeViewer,
  ) {}

  @Public()
  @Cost({ base: 50 })
  @Mutation(() => RegisterBusinessResult, {
    description:
      'Registers a business, UNVERIFIED, with its owner, and sends the owner a sign-in code by e-mail. Where the address belongs to an account already the answer is the same and nothing is registered: the mail says so and brings a code for that account. At most 5 codes an address in 10 minutes. Refusals: `TOO_MANY_CODES`, `TOO_MANY_ATTEMPTS`.',
  })
  async registerBusiness(
    @Args('input') input: RegisterBusinessInput,
  ): Promise<typeof RegisterBusinessResult> {
    const outcome = await this.registration.execute(input);
    if (outcome instanceof Refused) return toRefusal(SignInCodeRefused, outcome);
    return Object.assign(new RegisterBusinessPayload(), outcome);
  }

  @Public()
  @Cost({ base: 50 })
  @Mutation(() => RequestSignInCodeResult, {
    description:
      "Sends a member a code of six digits by e-mail; it works once, for 10 minutes, in place of the one before. An address that is nobody's gets the same answer, and no mail. At most 5 codes an address in 10 minutes. Refusals: `TOO_MANY_CODES`, `TOO_MANY_ATTEMPTS`.",
  })
  async requestSignInCode(
    @Args('input') input: RequestSignInCodeInput,
  ): Promise<typeof RequestSignInCodeResult> {
    const outcome = await this.codes.execute(input);
    if (outcome instanceof Refused) return toRefusal(SignInCodeRefused, outcome);
    return Object.assign(new RequestSignInCodePayload(), outcome);
  }

  @Public()
  @Cost({ base: 50 })
  @Mutation(() => SignInResult, {
    description:
      'Opens a session of 12 hours with a code that was sent. Five wrong codes use it up. Refusals: `CODE_INVALID`, `TOO_MANY_ATTEMPTS`, `SINGLE_SIGN_ON_REQUIRED`.',
  })
  async signIn(@Args('input') input: SignInInput): Promise<typeof SignInResult> {
    const outcome = await this.sessions.execute(input);
    if (outcome instanceof Refused) return toRefusal(SignInRefused, outcome);
    const { token, expiresAt, viewer } = outcome;
    return Object.assign(new SignInPayload(), {
      token,
      expiresAt,
      viewer: toViewer(await this.describe.execute(viewer)),
    });
  }

  @Permission('session:end')
  @Mutation(() => SignOutPayload, {
    description: 'Ends the session that asks; its token is refused from now on.',
  })
  async signOut(@CurrentViewer() viewer: BusinessViewer): Promise<SignOutPayload> {
    await this.ending.execute(viewer);
    return { signedOut: true };
  }
}
