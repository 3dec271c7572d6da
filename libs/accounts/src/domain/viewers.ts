import type { BusinessPermission } from './permissions.js';

/** Who acts for a business: a member, through a session, or an API key. */
export type Actor = { memberId: string; sessionHash: Buffer } | { apiKeyId: string };

/** A member or an API key of a business, as authenticated. */
export class BusinessViewer {
  readonly audience = 'business';
  /** Whose budget of requests this is: each key and each member has their own. */
  readonly subject: { kind: 'key' | 'member'; id: string };

  constructor(
    /** UUID of the business: what every query of this viewer is limited to. */
    readonly businessId: string,
    readonly actor: Actor,
    readonly permissions: ReadonlySet<BusinessPermission>,
  ) {
    this.subject =
      'apiKeyId' in actor ? { kind: 'key', id: actor.apiKeyId } : { kind: 'member', id: actor.memberId };
  }

  may(permission: string): boolean {
    return (this.permissions as ReadonlySet<string>).has(permission);
  }
}

/** One of the operator's staff. */
export class AdminViewer {
  readonly audience = 'admin';
  /** Whose budget of requests this is. */
  readonly subject: { kind: 'admin'; id: string };

  constructor(readonly adminId: string) {
    this.subject = { kind: 'admin', id: adminId };
  }

  may(permission: string): boolean {
    return permission === 'admin';
  }
}
