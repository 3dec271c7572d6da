import { Injectable } from '@nestjs/common';
import { NoteSigner } from '@assent/ledger';
import { Configuration, KeyRing } from '@assent/platform';

/** Signs for the consent log, and what is proved by it. */
@Injectable()
export class LogSigner extends NoteSigner {
  constructor(keys: KeyRing, { settings }: Configuration) {
    super(keys, 'consent-log', settings.CONSENT_LOG_ORIGIN);
  }
}
