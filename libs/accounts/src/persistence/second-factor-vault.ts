import { Injectable } from '@nestjs/common';
import { KeyRing, openFrom, type SealedColumn, sealIn } from '@assent/platform';

export const SECOND_FACTORS_SEALED: SealedColumn = {
  table: 'admin_second_factor',
  column: 'sealed_secret',
  key: { admin_id: 'uuid' },
  use: 'admin-second-factor',
  place: (adminId) => `admin_second_factor.sealed_secret:${adminId}`,
};

/** Seals the secrets of authenticator apps: AES-256-GCM, bound to table, column and admin. */
@Injectable()
export class SecondFactorVault {
  constructor(private readonly keys: KeyRing) {}

  seal(adminId: string, secret: Buffer): Buffer {
    return sealIn(this.keys, SECOND_FACTORS_SEALED, secret, adminId);
  }

  /** @throws when the bytes are not those sealed for this admin */
  open(adminId: string, sealed: Buffer): Buffer {
    return openFrom(this.keys, SECOND_FACTORS_SEALED, sealed, adminId);
  }
}
