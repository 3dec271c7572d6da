import { Injectable } from '@nestjs/common';
import { Configuration, KeyRing } from '@assent/platform';
import { NoteSigner } from './note-signer.js';

/** Signs for the audit log, whose name is that of the consent log with an end of its own. */
@Injectable()
export class AuditSigner extends NoteSigner {
  constructor(keys: KeyRing, { settings }: Configuration) {
    super(keys, 'audit-log', `${settings.CONSENT_LOG_ORIGIN}/audit`);
  }
}
