/** Why a code is mailed: to sign in, after registering, or because somebody registered an address that has an account. */
export type SignInOccasion = 'SIGN_IN' | 'REGISTERED' | 'REGISTERED_AGAIN';

/** A code for a member's e-mail address. */
export interface SignInMail {
  to: string;
  code: string;
  occasion: SignInOccasion;
}

/** How a sign-in code reaches a member. */
export abstract class Mailer {
  /** Hands a code over for delivery; rejects where nobody took it. */
  abstract send(mail: SignInMail): Promise<void>;
}
