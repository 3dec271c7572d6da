import { Injectable } from '@nestjs/common';
import { Database, hashCode, KeyRing, newCode, parseInput } from '@assent/platform';
import { judgeSend, type OneTimeCodeRefusal } from '@assent/accounts';
import { PhoneCodeStore } from '../persistence/phone-code.store.js';
import { PhoneIndex } from '../persistence/phone-index.js';
import { PhoneCodeCarrier } from './phone-code-carrier.js';
import { type PhoneInput, phoneSchema } from './phone-input.js';

/** Sends a code to a number, to prove that it is the person's. */
@Injectable()
export class RequestPhoneCode {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly index: PhoneIndex,
    private readonly codes: PhoneCodeStore,
    private readonly carrier: PhoneCodeCarrier,
  ) {}

  /** The same answer whether or not the number belongs to somebody here. */
  async execute(input: PhoneInput): Promise<{ expiresAt: Date } | OneTimeCodeRefusal> {
    const { e164 } = parseInput(phoneSchema, input);
    const index = this.index.current(e164);
    const code = newCode();
    const outcome = await this.database.transaction({ role: 'gate' }, async (tx) => {
      const { state, now } = await this.codes.lockOrMake(tx, index);
      if (!state) throw new Error('The row of a number was made and is not there');
      const verdict = judgeSend(state, now);
      if ('refused' in verdict) return verdict;
      await this.codes.keep(tx, index, verdict, hashCode(this.keys, 'phone', e164, code));
      return { expiresAt: verdict.expiresAt };
    });
    // After the commit: a code that arrives is one that is known, and no transaction waits for a network.
    if (!('refused' in outcome)) await this.carrier.send(e164, code);
    return outcome;
  }
}
