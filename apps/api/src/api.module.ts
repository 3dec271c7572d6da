import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import {
  AccountsAdminApiModule,
  AccountsBusinessApiModule,
  AccountsModule,
  AuthenticateAdmin,
  AuthenticateBusiness,
} from '@assent/accounts';
import {
  ConsentAdminApiModule,
  ConsentLogApiModule,
  ConsentPersonApiModule,
  StopLinksApiModule,
} from '@assent/consent';
import {
  AuditAdminApiModule,
  AuditBusinessApiModule,
  AuditLogApiModule,
  AuditModule,
  AuditOperations,
} from '@assent/ledger';
import { LimitsAdminApiModule, LimitsBusinessApiModule } from '@assent/limits';
import { MatchingBusinessApiModule } from '@assent/matching';
import { MediaBusinessApiModule, MediaFilesApiModule, MediaPersonApiModule } from '@assent/media';
import {
  MessagingAdminApiModule,
  MessagingBusinessApiModule,
  MessagingCarrierApiModule,
  MessagingPersonApiModule,
} from '@assent/messaging';
import { ModerationAdminApiModule, ModerationPersonApiModule } from '@assent/moderation';
import { AuthenticatePerson, PeopleModule, PeoplePersonApiModule } from '@assent/people';
import {
  audienceApi,
  HealthController,
  PermissionGuard,
  RateLimitedFilter,
  RequestGuard,
  UnavailableFilter,
} from '@assent/platform';
import { PrivacyPersonApiModule } from '@assent/privacy';
import { TemplatesAdminApiModule, TemplatesBusinessApiModule } from '@assent/templates';
import { WebhooksBusinessApiModule } from '@assent/webhooks';
import { SandboxBusinessApiModule } from '@assent/sandbox';
import { AUDITED } from './audited.js';

/** The modules whose resolvers make each audience's schema. */
export const BUSINESS = [
  AuditBusinessApiModule,
  AccountsBusinessApiModule,
  MatchingBusinessApiModule,
  TemplatesBusinessApiModule,
  LimitsBusinessApiModule,
  MediaBusinessApiModule,
  MessagingBusinessApiModule,
  WebhooksBusinessApiModule,
  SandboxBusinessApiModule,
];
export const PERSON = [
  PeoplePersonApiModule,
  ConsentPersonApiModule,
  MediaPersonApiModule,
  MessagingPersonApiModule,
  ModerationPersonApiModule,
  PrivacyPersonApiModule,
];
export const ADMIN = [
  AuditAdminApiModule,
  AccountsAdminApiModule,
  ConsentAdminApiModule,
  LimitsAdminApiModule,
  TemplatesAdminApiModule,
  MessagingAdminApiModule,
  ModerationAdminApiModule,
];

/** The three GraphQL endpoints, the public side of the consent log, stops by link and by carrier, and the health checks. */
@Module({
  imports: [
    ...BUSINESS,
    ...PERSON,
    ...ADMIN,
    AuditLogApiModule,
    ConsentLogApiModule,
    StopLinksApiModule,
    MediaFilesApiModule,
    MessagingCarrierApiModule,
    audienceApi({
      audience: 'business',
      include: BUSINESS,
      authenticator: AuthenticateBusiness,
      imports: [AccountsModule, AuditModule],
      around: { by: AuditOperations, rules: AUDITED.business },
      subscriptions: true,
    }),
    audienceApi({
      audience: 'person',
      include: PERSON,
      authenticator: AuthenticatePerson,
      imports: [PeopleModule],
      subscriptions: true,
    }),
    audienceApi({
      audience: 'admin',
      include: ADMIN,
      authenticator: AuthenticateAdmin,
      imports: [AccountsModule, AuditModule],
      around: { by: AuditOperations, rules: AUDITED.admin },
      subscriptions: false,
    }),
  ],
  controllers: [HealthController],
  providers: [
    { provide: APP_GUARD, useClass: RequestGuard },
    { provide: APP_GUARD, useClass: PermissionGuard },
    { provide: APP_FILTER, useClass: UnavailableFilter },
    { provide: APP_FILTER, useClass: RateLimitedFilter },
  ],
})
export class ApiModule {}
