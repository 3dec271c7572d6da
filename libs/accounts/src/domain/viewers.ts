import type { BusinessPermission } from './permissions.js';

/** Who acts for a business: a member, through a session, or an API key. */
export type Actor = { memberId: string; sessionHash: Buffer } | { apiKeyId: string };

/** A member or an API key of a business, as authenticated. */
export class BusinessViewer {
  readonly audience = 'business';

  constructor(
    /** UUID of the business: what every query of this viewer is limited to. */
    readonly businessId: string,
    readonly actor: Actor,
    readonly permissions: ReadonlySet<BusinessPermission>,
  ) {}

  may(permission: string): boolean {
    return (this.permissions as ReadonlySet<string>).has(permission);
  }
}

/** One of the operator's staff. */
export class AdminViewer {
  readonly audience = 'admin';

  constructor(readonly adminId: string) {}

  may(permission: string): boolean {
    return permission === 'admin';
  }
}
