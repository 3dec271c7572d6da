import type { ApiMode } from './api-mode.js';

/** A secret of a business for its programs, without the secret. */
export interface ApiKey {
  id: string;
  businessId: string;
  mode: ApiMode;
  name: string;
  /** Its last four letters. */
  hint: string;
  scopes: string[];
  /** UUID of the member who made it. */
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** To the minute. */
  lastUsedAt: Date | null;
}
