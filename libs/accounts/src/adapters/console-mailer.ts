import { Injectable } from '@nestjs/common';
import { OperatorConsole } from '@assent/platform';
import { Mailer, type NoticeMail, type SignInMail } from './mailer.js';

/** While no mail server is configured, codes and notices go to the operator's console. */
@Injectable()
export class ConsoleMailer extends Mailer {
  constructor(private readonly console: OperatorConsole) {
    super();
  }

  async send({ to, code }: SignInMail): Promise<void> {
    this.console.write({ kind: 'sign-in code', to, code });
  }

  async notify({ to, subject }: NoticeMail): Promise<void> {
    this.console.write({ kind: 'notice', to, code: subject });
  }
}
