/**
 * Why a code is mailed: to sign in, after registering, or because somebody registered an address that has an account; to an admin
 * to sign in, or because they were added.
 */
export type SignInOccasion = 'SIGN_IN' | 'REGISTERED' | 'REGISTERED_AGAIN' | 'ADMIN_SIGN_IN' | 'ADMIN_ADDED';

/** A code for a member's or an admin's e-mail address. */
export interface SignInMail {
  to: string;
  code: string;
  occasion: SignInOccasion;
}

/** What the platform tells the owners of a business. Nothing that somebody outside chose may stand in it. */
export interface OwnerNotice {
  subject: string;
  text: string;
}

/** A notice for one owner. */
export interface NoticeMail extends OwnerNotice {
  to: string;
}

/** How codes and notices reach members and admins. */
export abstract class Mailer {
  /** Hands a code over for delivery; rejects where nobody took it. */
  abstract send(mail: SignInMail): Promise<void>;

  /** Hands a notice over for delivery; rejects where nobody took it. */
  abstract notify(mail: NoticeMail): Promise<void>;
}
