import { Injectable } from '@nestjs/common';
import { OperatorConsole } from '@assent/platform';
import { Mailer, type SignInMail } from './mailer.js';

/** While no mail server is configured, codes go to the operator's console. */
@Injectable()
export class ConsoleMailer extends Mailer {
  constructor(private readonly console: OperatorConsole) {
    super();
  }

  async send({ to, code }: SignInMail): Promise<void> {
    this.console.write({ kind: 'sign-in code', to, code });
  }
}
