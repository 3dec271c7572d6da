import { Module } from '@nestjs/common';
import { AuditModule } from '@assent/ledger';
import { Configuration, OperatorConsole } from '@assent/platform';
import { ConsoleMailer } from './adapters/console-mailer.js';
import { IdentityProviders } from './adapters/identity-providers.js';
import { Mailer } from './adapters/mailer.js';
import { SmtpMailer } from './adapters/smtp-mailer.js';
import { TextRecords } from './adapters/text-records.js';
import { WebsiteFiles } from './adapters/website-files.js';
import './api/events/verification-decided.event.js';
import { AdminStore } from './persistence/admin.store.js';
import { ApiKeyStore } from './persistence/api-key.store.js';
import { BusinessStore } from './persistence/business.store.js';
import { DomainCheckStore } from './persistence/domain-check.store.js';
import { IdentityStore } from './persistence/identity.store.js';
import { MemberStore } from './persistence/member.store.js';
import { OwnerNoticeStore } from './persistence/owner-notice.store.js';
import { ProposalStore } from './persistence/proposal.store.js';
import { SecondFactorStore } from './persistence/second-factor.store.js';
import { SecondFactorVault } from './persistence/second-factor-vault.js';
import { SandboxStore } from './persistence/sandbox.store.js';
import { SignInCodeStore } from './persistence/sign-in-code.store.js';
import { SignOnStore } from './persistence/sign-on.store.js';
import { SingleSignOnStore } from './persistence/single-sign-on.store.js';
import { SingleSignOnVault } from './persistence/single-sign-on-vault.js';
import { VerificationStore } from './persistence/verification.store.js';
import { AddAdmin } from './use-cases/add-admin.js';
import { AdminProposals } from './use-cases/admin-proposals.js';
import { Afterwards } from './use-cases/afterwards.js';
import { AskForFreshSession } from './use-cases/ask-for-fresh-session.js';
import { AuthenticateAdmin } from './use-cases/authenticate-admin.js';
import { AuthenticateBusiness } from './use-cases/authenticate-business.js';
import { BusinessProfiles } from './use-cases/business-profiles.js';
import { ChallengeDomain } from './use-cases/challenge-domain.js';
import { ConnectSingleSignOn } from './use-cases/connect-single-sign-on.js';
import { CreateAdminToken } from './use-cases/create-admin-token.js';
import { CreateApiKey } from './use-cases/create-api-key.js';
import { CreateFirstAdmin } from './use-cases/create-first-admin.js';
import { DecideProposal } from './use-cases/decide-proposal.js';
import { DecideVerification } from './use-cases/decide-verification.js';
import { DescribeViewer } from './use-cases/describe-viewer.js';
import { EndAdminSessions } from './use-cases/end-admin-sessions.js';
import { EnrolSecondFactor } from './use-cases/enrol-second-factor.js';
import { ForgetExpiredSignIns } from './use-cases/forget-expired-sign-ins.js';
import { FourEyes } from './use-cases/four-eyes.js';
import { GiveSecondFactor } from './use-cases/give-second-factor.js';
import { IssueSignInCode } from './use-cases/issue-sign-in-code.js';
import { ListApiKeys } from './use-cases/list-api-keys.js';
import { MailOwnerNotices } from './use-cases/mail-owner-notices.js';
import { NotifyOwners } from './use-cases/notify-owners.js';
import { OpenMemberSession } from './use-cases/open-member-session.js';
import { ProveDomain } from './use-cases/prove-domain.js';
import { ReadAdmin } from './use-cases/read-admin.js';
import { ReadMembers } from './use-cases/read-members.js';
import { ReadProposals } from './use-cases/read-proposals.js';
import { ReadVerificationQueue } from './use-cases/read-verification-queue.js';
import { RegisterBusiness } from './use-cases/register-business.js';
import { RemoveAdmin } from './use-cases/remove-admin.js';
import { RequestAdminSignInCode } from './use-cases/request-admin-sign-in-code.js';
import { RequestSignInCode } from './use-cases/request-sign-in-code.js';
import { RevokeApiKey } from './use-cases/revoke-api-key.js';
import { SetAdminRole } from './use-cases/set-admin-role.js';
import { SignInAdmin } from './use-cases/sign-in-admin.js';
import { SearchBusinesses } from './use-cases/search-businesses.js';
import { SignInByProvider } from './use-cases/sign-in-by-provider.js';
import { SignIn } from './use-cases/sign-in.js';
import { SignOut } from './use-cases/sign-out.js';
import { SubmitVerification } from './use-cases/submit-verification.js';
import { TakeAdminTurn } from './use-cases/take-admin-turn.js';
import { TakeSignInCode } from './use-cases/take-sign-in-code.js';
import { UnlinkMember } from './use-cases/unlink-member.js';

const STORES = [
  AdminStore,
  ApiKeyStore,
  BusinessStore,
  DomainCheckStore,
  IdentityStore,
  MemberStore,
  OwnerNoticeStore,
  ProposalStore,
  SandboxStore,
  SecondFactorStore,
  SecondFactorVault,
  SignInCodeStore,
  SignOnStore,
  SingleSignOnStore,
  SingleSignOnVault,
  VerificationStore,
];

const INSIDE = [
  AdminProposals,
  Afterwards,
  AskForFreshSession,
  IdentityProviders,
  IssueSignInCode,
  OpenMemberSession,
  ProveDomain,
  TakeAdminTurn,
  TakeSignInCode,
  TextRecords,
  WebsiteFiles,
];

const USE_CASES = [
  AddAdmin,
  AuthenticateAdmin,
  AuthenticateBusiness,
  BusinessProfiles,
  ChallengeDomain,
  ConnectSingleSignOn,
  CreateAdminToken,
  CreateApiKey,
  CreateFirstAdmin,
  DecideProposal,
  DecideVerification,
  DescribeViewer,
  EndAdminSessions,
  EnrolSecondFactor,
  ForgetExpiredSignIns,
  FourEyes,
  GiveSecondFactor,
  ListApiKeys,
  MailOwnerNotices,
  NotifyOwners,
  ReadAdmin,
  ReadMembers,
  ReadProposals,
  ReadVerificationQueue,
  RegisterBusiness,
  RemoveAdmin,
  RequestAdminSignInCode,
  RequestSignInCode,
  RevokeApiKey,
  SearchBusinesses,
  SetAdminRole,
  SignIn,
  SignInAdmin,
  SignInByProvider,
  SignOut,
  SubmitVerification,
  UnlinkMember,
];

const mailer = {
  provide: Mailer,
  inject: [Configuration, OperatorConsole],
  useFactory: ({ settings }: Configuration, console: OperatorConsole): Mailer =>
    settings.SMTP_URL ? new SmtpMailer(settings.SMTP_URL, settings.MAIL_FROM) : new ConsoleMailer(console),
};

/** Businesses, their members, sessions, keys and verification; and the operator's admins. */
@Module({
  imports: [AuditModule],
  providers: [...STORES, ...INSIDE, ...USE_CASES, mailer],
  exports: [...USE_CASES, BusinessStore, IdentityStore, SandboxStore],
})
export class AccountsModule {}
