import type { AdminRole } from './permissions.js';

/** One of the operator's staff. */
export interface Admin {
  id: string;
  name: string;
  role: AdminRole;
  /** What they sign in with; null: the first admin, who has a token from the server. */
  email: string | null;
  /** Null: the first admin. */
  addedBy: string | null;
  createdAt: Date;
  /** When they first had a session; null: never yet. */
  signedInAt: Date | null;
  removedAt: Date | null;
}
