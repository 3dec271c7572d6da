export { AccountsModule } from './accounts.module.js';
export { AccountsAdminApiModule } from './api/admin/accounts-admin-api.module.js';
export { AccountsBusinessApiModule } from './api/business/accounts-business-api.module.js';
export { Member, toMember } from './api/business/business.types.js';
export { BusinessProfile, BusinessProfileConnection } from './api/person/business-profile.js';
export { ApiMode } from './domain/api-mode.js';
export { type Profile, ReachTier } from './domain/business.js';
export { BusinessStatus } from './domain/business-states.js';
export {
  judgeCode,
  judgeSend,
  type OneTimeCodeRefusal,
  type OneTimeCodeState,
  SEND_LIMIT,
} from './domain/one-time-code.js';
export { type DocumentedReason, type ReasonCatalogue } from './domain/documented-reason.js';
export {
  endsAfter,
  leftUntil,
  limitAt,
  LimitKind,
  type LimitOverride,
  type LimitOverrides,
} from './domain/limit-overrides.js';
export { Refused } from './domain/refused.js';
export { toRefusal } from './api/refusals.js';
export {
  ADMIN_PERMISSIONS,
  AdminRole,
  type BusinessPermission,
  KEY_SCOPES,
  PERMISSIONS,
  permissionsOfRole,
} from './domain/permissions.js';
export { type ActingAdmin, NeedsApproval } from './domain/proposal.js';
export { ApprovalNeeded, toApprovalNeeded } from './api/admin/proposal.types.js';
export { FourEyes, type FourEyesRefusal } from './use-cases/four-eyes.js';
export { idRule, textRule } from './use-cases/rules.js';
export { type Actor, AdminViewer, BusinessViewer } from './domain/viewers.js';
export {
  type LimitOverridesColumn,
  selectLimitOverrides,
  toLimitOverrides,
} from './persistence/limit-overrides.js';
export { type Identity, IdentityStore } from './persistence/identity.store.js';
export { BusinessStore } from './persistence/business.store.js';
export { SandboxStore } from './persistence/sandbox.store.js';
export { ACCOUNTS_ROWS } from './persistence/rows.js';
export { AuthenticateAdmin } from './use-cases/authenticate-admin.js';
export { AuthenticateBusiness } from './use-cases/authenticate-business.js';
export { BusinessProfiles } from './use-cases/business-profiles.js';
export { type AdminCredential, CreateAdminToken } from './use-cases/create-admin-token.js';
export { CreateFirstAdmin } from './use-cases/create-first-admin.js';
export { type OwnerNotice } from './adapters/mailer.js';
export { ReadMembers } from './use-cases/read-members.js';
export { MailOwnerNotices } from './use-cases/mail-owner-notices.js';
export { NotifyOwners } from './use-cases/notify-owners.js';
export { ForgetExpiredSignIns } from './use-cases/forget-expired-sign-ins.js';
export { CLIENT_SECRETS_SEALED } from './persistence/single-sign-on-vault.js';
export { SECOND_FACTORS_SEALED } from './persistence/second-factor-vault.js';
