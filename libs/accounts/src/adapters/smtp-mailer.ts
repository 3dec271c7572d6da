import { createTransport, type Transporter } from 'nodemailer';
import { Mailer, type NoticeMail, type SignInMail, type SignInOccasion } from './mailer.js';

/** How long a mail server may take to answer at each step. */
const PATIENCE_MS = 10_000;

/** What a mail says besides the code. Nothing that the sender of a form chose stands in it, so nobody can advertise. */
const OPENINGS: Record<SignInOccasion, string> = {
  SIGN_IN: 'Somebody, hopefully you, is signing in to a business account with this address.',
  REGISTERED: 'A business account was registered with this address. Sign in to it with this code.',
  REGISTERED_AGAIN:
    'Somebody, hopefully you, tried to register a business with this address. It belongs to an account already; nothing was registered. Sign in to that account with this code.',
  ADMIN_SIGN_IN: 'Somebody, hopefully you, is signing in as an admin of the platform with this address.',
  ADMIN_ADDED: 'You were made an admin of the platform with this address. Sign in with this code.',
};

/** Mails codes and notices through the operator's mail server. */
export class SmtpMailer extends Mailer {
  private readonly transport: Transporter;

  /** @param url SMTP_URL  @param from the sender, MAIL_FROM */
  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    this.transport = createTransport({
      url,
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ to, code, occasion }: SignInMail): Promise<void> {
    await this.mail(
      to,
      'Your sign-in code',
      `${OPENINGS[occasion]}\n\n${code}\n\nThe code works once, for 10 minutes. If this was not you, ignore this mail.\n`,
    );
  }

  async notify({ to, subject, text }: NoticeMail): Promise<void> {
    await this.mail(to, subject, `${text}\n`);
  }

  private async mail(to: string, subject: string, text: string): Promise<void> {
    // The address as an object: a text would be parsed, and could then name several recipients.
    await this.transport.sendMail({ from: this.from, to: { name: '', address: to }, subject, text });
  }
}
