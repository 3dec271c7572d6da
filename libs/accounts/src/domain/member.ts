import type { MemberRole } from './permissions.js';

/** One of the staff of a business. */
export interface Member {
  id: string;
  businessId: string;
  email: string;
  name: string;
  role: MemberRole;
  createdAt: Date;
}
