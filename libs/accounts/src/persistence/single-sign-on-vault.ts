import { Injectable } from '@nestjs/common';
import { KeyRing, openFrom, type SealedColumn, sealIn } from '@assent/platform';

export const CLIENT_SECRETS_SEALED: SealedColumn = {
  table: 'single_sign_on',
  column: 'secret_sealed',
  key: { business_id: 'uuid' },
  use: 'single-sign-on',
  place: (businessId) => `single_sign_on.secret_sealed:${businessId}`,
};

/** Seals the secrets that identity providers gave businesses: AES-256-GCM, bound to table, column and business. */
@Injectable()
export class SingleSignOnVault {
  constructor(private readonly keys: KeyRing) {}

  seal(businessId: string, secret: string): Buffer {
    return sealIn(this.keys, CLIENT_SECRETS_SEALED, secret, businessId);
  }

  /** @throws when the bytes are not those sealed for this business */
  open(businessId: string, sealed: Buffer): string {
    return openFrom(this.keys, CLIENT_SECRETS_SEALED, sealed, businessId).toString();
  }
}
