import { AdminRow } from './admin.row.js';
import { AdminTokenRow } from './admin-token.row.js';
import { ApiKeyRow } from './api-key.row.js';
import { BusinessRow } from './business.row.js';
import { MemberRow } from './member.row.js';
import { MemberSessionRow } from './member-session.row.js';
import { VerificationRow } from './verification.row.js';

/** TypeORM entities of this library. */
export const ACCOUNTS_ROWS: (new () => object)[] = [
  AdminRow,
  AdminTokenRow,
  ApiKeyRow,
  BusinessRow,
  MemberRow,
  MemberSessionRow,
  VerificationRow,
];
