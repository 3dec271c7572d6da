import { Injectable } from '@nestjs/common';
import { KeyRing, open, seal, type SealedColumn } from '@assent/platform';

const USE = 'single-sign-on';

export const CLIENT_SECRETS_SEALED: SealedColumn = {
  table: 'single_sign_on',
  column: 'secret_sealed',
  key: { business_id: 'uuid' },
  use: USE,
  place: placeOf,
};

/** Seals the secrets that identity providers gave businesses: AES-256-GCM, bound to table, column and business. */
@Injectable()
export class SingleSignOnVault {
  constructor(private readonly keys: KeyRing) {}

  seal(businessId: string, secret: string): Buffer {
    const version = this.keys.current;
    return seal({ version, key: this.keys.derive(USE, version) }, secret, placeOf(businessId));
  }

  /** @throws when the bytes are not those sealed for this business */
  open(businessId: string, sealed: Buffer): string {
    return open((version) => this.keys.derive(USE, version), sealed, placeOf(businessId)).toString();
  }
}

function placeOf(businessId: string): string {
  return `single_sign_on.secret_sealed:${businessId}`;
}
