import { Injectable } from '@nestjs/common';
import { type Authenticator, Database, hashSecret, KeyRing, looksLikeSecret } from '@assent/platform';
import { AdminViewer } from '../domain/viewers.js';
import { AdminStore } from '../persistence/admin.store.js';

/** Tells which admin presents a token; asks the database every time, so that what is revoked is refused at once. */
@Injectable()
export class AuthenticateAdmin implements Authenticator {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly admins: AdminStore,
  ) {}

  async authenticate(authorization: string): Promise<AdminViewer | undefined> {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
    if (!looksLikeSecret('adt', token)) return undefined;
    const adminId = await this.database.transaction({ role: 'gate' }, (tx) =>
      this.admins.ofToken(tx, hashSecret(this.keys, token)),
    );
    return adminId === undefined ? undefined : new AdminViewer(adminId);
  }
}
