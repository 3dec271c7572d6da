import { OPERATOR_LEDGER } from '@assent/ledger';
import { ApiMode } from './api-mode.js';
import type { BusinessPermission } from './permissions.js';

/** Who acts for a business: a member, through a session, or an API key. */
export type Actor = { memberId: string; sessionHash: Buffer } | { apiKeyId: string };

/** A business in both modes. */
export interface Account {
  /** UUID of the business itself. */
  id: string;
  /** UUID of what it is in test mode; null: it has made no test key. */
  sandboxId: string | null;
}

/** A member or an API key of a business, as authenticated. */
export class BusinessViewer {
  readonly audience = 'business';
  /** Whose budget of requests this is: each key and each member has their own. */
  readonly subject: { kind: 'key' | 'member'; id: string };

  constructor(
    /** UUID of the business, or of its sandbox in test mode: what every query of this viewer is limited to. */
    readonly businessId: string,
    readonly actor: Actor,
    readonly permissions: ReadonlySet<BusinessPermission>,
    readonly account: Account = { id: businessId, sandboxId: null },
  ) {
    this.subject =
      'apiKeyId' in actor ? { kind: 'key', id: actor.apiKeyId } : { kind: 'member', id: actor.memberId };
  }

  get ledgerId(): string {
    return this.account.id;
  }

  get mode(): ApiMode {
    return this.businessId === this.account.id ? ApiMode.LIVE : ApiMode.TEST;
  }

  /** The same business in the other mode; null: there is none. */
  get otherModeId(): string | null {
    return this.mode === ApiMode.TEST ? this.account.id : this.account.sandboxId;
  }

  may(permission: string): boolean {
    return (this.permissions as ReadonlySet<string>).has(permission);
  }
}

/** One of the operator's staff. */
export class AdminViewer {
  readonly audience = 'admin';
  readonly ledgerId = OPERATOR_LEDGER;
  /** Whose budget of requests this is. */
  readonly subject: { kind: 'admin'; id: string };

  constructor(readonly adminId: string) {
    this.subject = { kind: 'admin', id: adminId };
  }

  may(permission: string): boolean {
    return permission === 'admin';
  }
}
