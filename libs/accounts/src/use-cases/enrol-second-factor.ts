import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, publicId } from '@assent/platform';
import { enrolment, SECRET_BYTES } from '../adapters/totp.js';
import { ACCOUNT_REASONS } from '../domain/account-reasons.js';
import { Refused } from '../domain/refused.js';
import type { AdminViewer } from '../domain/viewers.js';
import { SecondFactorStore } from '../persistence/second-factor.store.js';
import { SecondFactorVault } from '../persistence/second-factor-vault.js';

const ISSUER = 'Assent';

/** Begins a second factor: from the first code of the app on it is enrolled. */
@Injectable()
export class EnrolSecondFactor {
  constructor(
    private readonly database: Database,
    private readonly factors: SecondFactorStore,
    private readonly vault: SecondFactorVault,
  ) {}

  /** A secret for an authenticator app, shown this once. What was begun before and not confirmed is forgotten. */
  async execute({
    adminId,
  }: AdminViewer): Promise<{ secret: string; url: string } | Refused<'SECOND_FACTOR_ENROLLED'>> {
    const secret = randomBytes(SECRET_BYTES);
    const begun = await this.database.transaction({ role: 'gate' }, (tx) =>
      this.factors.begin(tx, adminId, this.vault.seal(adminId, secret)),
    );
    if (!begun) return new Refused('SECOND_FACTOR_ENROLLED', ACCOUNT_REASONS.SECOND_FACTOR_ENROLLED.message);
    return enrolment(ISSUER, publicId('adm', adminId), secret);
  }
}
