import { Injectable } from '@nestjs/common';
import { KeyRing, open, seal, type SealedColumn } from '@assent/platform';

const USE = 'admin-second-factor';

export const SECOND_FACTORS_SEALED: SealedColumn = {
  table: 'admin_second_factor',
  column: 'sealed_secret',
  key: { admin_id: 'uuid' },
  use: USE,
  place: placeOf,
};

/** Seals the secrets of authenticator apps: AES-256-GCM, bound to table, column and admin. */
@Injectable()
export class SecondFactorVault {
  constructor(private readonly keys: KeyRing) {}

  seal(adminId: string, secret: Buffer): Buffer {
    const version = this.keys.current;
    return seal({ version, key: this.keys.derive(USE, version) }, secret, placeOf(adminId));
  }

  /** @throws when the bytes are not those sealed for this admin */
  open(adminId: string, sealed: Buffer): Buffer {
    return open((version) => this.keys.derive(USE, version), sealed, placeOf(adminId));
  }
}

function placeOf(adminId: string): string {
  return `admin_second_factor.sealed_secret:${adminId}`;
}
