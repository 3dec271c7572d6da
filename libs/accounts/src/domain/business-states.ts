/** How far the operator trusts a business. */
export const BusinessStatus = {
  UNVERIFIED: 'UNVERIFIED',
  PENDING: 'PENDING',
  VERIFIED: 'VERIFIED',
  SUSPENDED: 'SUSPENDED',
} as const;
export type BusinessStatus = keyof typeof BusinessStatus;

/** Who moves a business from one state to another: its own members, or the operator's staff. */
export type Mover = 'MEMBER' | 'ADMIN';

/** Every move there is; what does not stand here is impossible for everyone. */
const MOVES: Record<BusinessStatus, Partial<Record<BusinessStatus, Mover>>> = {
  UNVERIFIED: { PENDING: 'MEMBER' },
  PENDING: { VERIFIED: 'ADMIN', UNVERIFIED: 'ADMIN' },
  VERIFIED: { SUSPENDED: 'ADMIN' },
  SUSPENDED: { VERIFIED: 'ADMIN' },
};

/** Whether this mover may bring a business from one state to another. */
export function mayMove(from: BusinessStatus, to: BusinessStatus, mover: Mover): boolean {
  return MOVES[from][to] === mover;
}
