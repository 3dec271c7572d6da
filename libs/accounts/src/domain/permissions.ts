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
