import { Injectable } from '@nestjs/common';
import { OperatorConsole } from '@assent/platform';

/** How a code reaches the phone it proves: the operator's SMS or voice service. */
export abstract class PhoneCodeCarrier {
  /** Sends a code to an E.164 number. Called after the code was kept; may fail, and the person asks again. */
  abstract send(e164: string, code: string): Promise<void>;
}

/** While no carrier is configured, codes go to the operator's console. */
@Injectable()
export class ConsolePhoneCodeCarrier extends PhoneCodeCarrier {
  constructor(private readonly console: OperatorConsole) {
    super();
  }

  async send(e164: string, code: string): Promise<void> {
    this.console.write({ kind: 'phone code', to: e164, code });
  }
}
