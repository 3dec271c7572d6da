/** What a member is in a business. */
export const MemberRole = { OWNER: 'OWNER', ADMIN: 'ADMIN', AGENT: 'AGENT', ANALYST: 'ANALYST' } as const;
export type MemberRole = keyof typeof MemberRole;

interface Holders {
  roles: readonly MemberRole[];
  /** Whether an API key can have it, as a scope of the same name. */
  key: boolean;
}

const EVERYONE = Object.values(MemberRole);
const MANAGERS: readonly MemberRole[] = ['OWNER', 'ADMIN'];
const SENDERS: readonly MemberRole[] = ['OWNER', 'ADMIN', 'AGENT'];

/** Who may do what in the business API: the only place where it is said. */
export const PERMISSIONS = {
  'account:read': { roles: EVERYONE, key: true },
  'account:manage': { roles: MANAGERS, key: false },
  'audit:read': { roles: MANAGERS, key: false },
  // Ends the session that asks, so everyone who has one may do it.
  'session:end': { roles: EVERYONE, key: false },
  // A key that could make keys would outlive its own revocation.
  'keys:manage': { roles: MANAGERS, key: false },
  // Whom a provider vouches for may be anybody of the business, an owner too.
  'sign-on:manage': { roles: ['OWNER'], key: false },
  'test-mode:reset': { roles: MANAGERS, key: true },
  'verification:submit': { roles: MANAGERS, key: false },
  'contacts:read': { roles: EVERYONE, key: true },
  'contacts:match': { roles: MANAGERS, key: true },
  'consents:import': { roles: MANAGERS, key: true },
  'templates:read': { roles: EVERYONE, key: true },
  'templates:manage': { roles: MANAGERS, key: true },
  'messages:read': { roles: EVERYONE, key: true },
  'messages:send': { roles: SENDERS, key: true },
  'conversations:manage': { roles: SENDERS, key: true },
  'events:read': { roles: EVERYONE, key: true },
  // What a key had posted to an endpoint of its own would outlive the key.
  'webhooks:manage': { roles: MANAGERS, key: false },
} as const satisfies Record<string, Holders>;

export type BusinessPermission = keyof typeof PERMISSIONS;

const ENTRIES = Object.entries(PERMISSIONS) as [BusinessPermission, Holders][];

/** Scopes that an API key can be given. */
export const KEY_SCOPES: readonly BusinessPermission[] = ENTRIES.filter(([, { key }]) => key).map(
  ([name]) => name,
);

const BY_ROLE = new Map(
  EVERYONE.map((role) => [
    role,
    new Set(ENTRIES.filter(([, { roles }]) => roles.includes(role)).map(([name]) => name)),
  ]),
);

/** What a member of this role may do. */
export function permissionsOfRole(role: MemberRole): ReadonlySet<BusinessPermission> {
  return BY_ROLE.get(role) ?? new Set();
}

/** What a key of these scopes may do; a scope that keys can not have any more gives nothing. */
export function permissionsOfScopes(scopes: readonly string[]): ReadonlySet<BusinessPermission> {
  return new Set(KEY_SCOPES.filter((scope) => scopes.includes(scope)));
}

/** What one of the operator's staff is. */
export const AdminRole = {
  OWNER: 'OWNER',
  REVIEWER: 'REVIEWER',
  POLICY: 'POLICY',
  SUPPORT: 'SUPPORT',
  AUDITOR: 'AUDITOR',
} as const;
export type AdminRole = keyof typeof AdminRole;

/** What a session has to have proved: its token, a code of the second factor in the last 12 hours, or one in the last 5 minutes. */
export type Proof = 'token' | 'full' | 'fresh';

interface StaffHolders {
  roles: readonly AdminRole[];
  proof: Proof;
}

const STAFF = Object.values(AdminRole);

/** Who of the operator's staff may do what, and after what proof: the only place where it is said. */
export const ADMIN_PERMISSIONS = {
  'admin:self': { roles: STAFF, proof: 'token' },
  'admin:read': { roles: STAFF, proof: 'full' },
  'admins:read': { roles: ['OWNER', 'AUDITOR'], proof: 'full' },
  'admins:manage': { roles: ['OWNER'], proof: 'fresh' },
  'audit:read': { roles: ['OWNER', 'AUDITOR'], proof: 'full' },
  'businesses:read': { roles: ['OWNER', 'REVIEWER', 'POLICY', 'SUPPORT'], proof: 'full' },
  // What admins propose to one another; who approves needs the permission of the operation besides.
  'proposals:read': { roles: ['OWNER', 'REVIEWER', 'POLICY', 'AUDITOR'], proof: 'full' },
  'proposals:decide': { roles: ['OWNER', 'REVIEWER', 'POLICY'], proof: 'fresh' },
  // Queues show what persons wrote, so whoever may not decide does not read them either.
  'reviews:decide': { roles: ['OWNER', 'REVIEWER'], proof: 'full' },
  'restrictions:manage': { roles: ['OWNER', 'REVIEWER'], proof: 'fresh' },
  'limits:manage': { roles: ['OWNER', 'POLICY'], proof: 'fresh' },
  'policy:read': { roles: STAFF, proof: 'full' },
  'policy:publish': { roles: ['OWNER', 'POLICY'], proof: 'fresh' },
  'platform:read': { roles: ['OWNER', 'SUPPORT', 'AUDITOR'], proof: 'full' },
  'platform:operate': { roles: ['OWNER'], proof: 'full' },
  // What stops everybody's marketing, or a carrier, is an owner's.
  'switches:manage': { roles: ['OWNER'], proof: 'fresh' },
} as const satisfies Record<string, StaffHolders>;

export type AdminPermission = keyof typeof ADMIN_PERMISSIONS;

const STAFF_ENTRIES = new Map<string, StaffHolders>(Object.entries(ADMIN_PERMISSIONS));

/** Whether an admin of this role may do it, once their session has proved enough. */
export function roleMay(role: AdminRole, permission: string): boolean {
  return STAFF_ENTRIES.get(permission)?.roles.includes(role) ?? false;
}

/** Whose session may do it. */
export function rolesThatMay(permission: AdminPermission): readonly AdminRole[] {
  return ADMIN_PERMISSIONS[permission].roles;
}

/** Whether a role may do something that another one may not. */
export function mayMore(role: AdminRole, than: AdminRole): boolean {
  return [...STAFF_ENTRIES.keys()].some((name) => roleMay(role, name) && !roleMay(than, name));
}

/** What a session has to have proved for it; what is not in the table is asked for everything. */
export function proofFor(permission: string): Proof {
  return STAFF_ENTRIES.get(permission)?.proof ?? 'fresh';
}
