import { OPERATOR_LEDGER } from '@assent/ledger';
import { ApiMode } from './api-mode.js';
import { type AdminRole, type BusinessPermission, proofFor, roleMay } from './permissions.js';

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

/** What is missing, as the error of an operation says it. */
export interface Lack {
  code: string;
  message: string;
}

const SECOND_FACTOR_REQUIRED: Lack = {
  code: 'SECOND_FACTOR_REQUIRED',
  message:
    'This session needs your second factor: give a code with giveSecondFactor, or begin with enrolSecondFactor.',
};
const REAUTHENTICATION_REQUIRED: Lack = {
  code: 'REAUTHENTICATION_REQUIRED',
  message: 'This needs a code of the last 5 minutes: give one with giveSecondFactor, and ask again.',
};

/** What a session of an admin has proved. Where no second factor is asked for it is full and fresh. */
export interface AdminStanding {
  /** In the last 12 hours. */
  full: boolean;
  /** In the last 5 minutes. */
  fresh: boolean;
}

/** One of the operator's staff. */
export class AdminViewer {
  readonly audience = 'admin';
  readonly ledgerId = OPERATOR_LEDGER;
  /** Whose budget of requests this is. */
  readonly subject: { kind: 'admin'; id: string };

  constructor(
    readonly adminId: string,
    readonly role: AdminRole,
    /** What the session's token is found by. */
    readonly tokenHash: Buffer,
    private readonly standing: AdminStanding,
  ) {
    this.subject = { kind: 'admin', id: adminId };
  }

  may(permission: string): boolean {
    return roleMay(this.role, permission) && !this.lacks(permission);
  }

  /** What a session has to prove for a permission that its admin has. */
  lacks(permission: string): Lack | undefined {
    const proof = proofFor(permission);
    if (proof === 'token' || !roleMay(this.role, permission)) return undefined;
    if (!this.standing.full) return SECOND_FACTOR_REQUIRED;
    return proof === 'fresh' && !this.standing.fresh ? REAUTHENTICATION_REQUIRED : undefined;
  }
}
