import { Injectable } from '@nestjs/common';
import {
  type Authenticator,
  Database,
  Gatherer,
  hashSecret,
  KeyRing,
  looksLikeSecret,
} from '@assent/platform';
import { permissionsOfRole, permissionsOfScopes } from '../domain/permissions.js';
import { BusinessViewer } from '../domain/viewers.js';
import { ApiKeyStore } from '../persistence/api-key.store.js';
import { MemberStore } from '../persistence/member.store.js';
import { Afterwards } from './afterwards.js';

const SHARED = { batch: 500, parallel: 4 };

/**
 * Tells which business presents a session's token or an API key. It asks the database every time, so that what is
 * revoked is refused from the next request on; requests that arrive together share one statement.
 *
 * Looking up by hash is no timing leak: what an index might reveal by its time is a prefix of the HMAC of a guess, and
 * without the pepper nobody can steer that towards the HMAC of a secret.
 */
@Injectable()
export class AuthenticateBusiness implements Authenticator {
  private readonly keyHolders = new Gatherer((hashes: Buffer[]) => this.byKeys(hashes), SHARED);
  private readonly members = new Gatherer((hashes: Buffer[]) => this.bySessions(hashes), SHARED);
  private readonly noting = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly apiKeys: ApiKeyStore,
    private readonly sessions: MemberStore,
    private readonly afterwards: Afterwards,
  ) {}

  async authenticate(authorization: string): Promise<BusinessViewer | undefined> {
    const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
    if (looksLikeSecret('ak_live', secret) || looksLikeSecret('ak_test', secret))
      return this.keyHolders.add(hashSecret(this.keys, secret));
    if (looksLikeSecret('mst', secret)) return this.members.add(hashSecret(this.keys, secret));
    return undefined;
  }

  private async byKeys(hashes: Buffer[]): Promise<(BusinessViewer | undefined)[]> {
    const valid = await this.database.transaction({ role: 'gate' }, (tx) =>
      this.apiKeys.valid(tx, unique(hashes)),
    );
    this.noteUse(valid.filter(({ noteUse }) => noteUse).map(({ id }) => id));
    const viewers = new Map(
      valid.map(({ keyHash, id, businessId, accountId, sandboxId, scopes }) => [
        keyHash.toString('base64'),
        new BusinessViewer(businessId, { apiKeyId: id }, permissionsOfScopes(scopes), {
          id: accountId,
          sandboxId,
        }),
      ]),
    );
    return hashes.map((hash) => viewers.get(hash.toString('base64')));
  }

  private async bySessions(hashes: Buffer[]): Promise<(BusinessViewer | undefined)[]> {
    const valid = await this.database.transaction({ role: 'gate' }, (tx) =>
      this.sessions.validSessions(tx, unique(hashes)),
    );
    const viewers = new Map(
      valid.map(({ tokenHash, memberId, businessId, sandboxId, role }) => [
        tokenHash.toString('base64'),
        new BusinessViewer(businessId, { memberId, sessionHash: tokenHash }, permissionsOfRole(role), {
          id: businessId,
          sandboxId,
        }),
      ]),
    );
    return hashes.map((hash) => viewers.get(hash.toString('base64')));
  }

  /** At most one statement at a time for a key from this process; other processes' are skipped by the statement. */
  private noteUse(ids: string[]): void {
    const fresh = ids.filter((id) => !this.noting.has(id));
    if (fresh.length === 0) return;
    for (const id of fresh) this.noting.add(id);
    this.afterwards.run('The last use of API keys could not be noted', () =>
      this.database
        .transaction({ role: 'gate' }, (tx) => this.apiKeys.noteUse(tx, fresh))
        .finally(() => {
          for (const id of fresh) this.noting.delete(id);
        }),
    );
  }
}

/** Many requests of one business carry the same key. */
function unique(hashes: Buffer[]): Buffer[] {
  return hashes.length === 1
    ? hashes
    : [...new Map(hashes.map((hash) => [hash.toString('base64'), hash])).values()];
}
