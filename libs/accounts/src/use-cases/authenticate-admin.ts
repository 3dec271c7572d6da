import { Injectable } from '@nestjs/common';
import {
  type Authenticator,
  Configuration,
  Database,
  hashSecret,
  KeyRing,
  looksLikeSecret,
} from '@assent/platform';
import { FRESH_MS, FULL_MS } from '../domain/second-factor.js';
import { AdminViewer } from '../domain/viewers.js';
import { AdminStore } from '../persistence/admin.store.js';

/** Tells which admin presents a token; asks the database every time, so that what is revoked is refused at once. */
@Injectable()
export class AuthenticateAdmin implements Authenticator {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly admins: AdminStore,
    private readonly configuration: Configuration,
  ) {}

  async authenticate(authorization: string): Promise<AdminViewer | undefined> {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
    if (!looksLikeSecret('adt', token)) return undefined;
    const tokenHash = hashSecret(this.keys, token);
    const known = await this.database.transaction({ role: 'gate' }, (tx) =>
      this.admins.ofToken(tx, tokenHash, { fullMs: FULL_MS, freshMs: FRESH_MS }),
    );
    if (!known) return undefined;
    const asked = this.configuration.adminSecondFactor;
    return new AdminViewer(known.adminId, known.role, tokenHash, asked ? known : { full: true, fresh: true });
  }
}
