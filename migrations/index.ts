import { Ground1795392000001 } from './1795392000001-ground.js';
import { Accounts1795392000002 } from './1795392000002-accounts.js';
import { People1795392000003 } from './1795392000003-people.js';
import { Consent1795392000004 } from './1795392000004-consent.js';
import { Matching1795392000005 } from './1795392000005-matching.js';
import { Limits1795392000006 } from './1795392000006-limits.js';
import { Messaging1795392000007 } from './1795392000007-messaging.js';
import { ConsentLog1795392000008 } from './1795392000008-consent-log.js';
import { ConsentPolicy1795392000009 } from './1795392000009-consent-policy.js';
import { Notices1795392000010 } from './1795392000010-notices.js';
import { StopReviews1795392000011 } from './1795392000011-stop-reviews.js';
import { ConsentImport1795392000012 } from './1795392000012-consent-import.js';
import { Deferral1795392000013 } from './1795392000013-deferral.js';
import { Privacy1795392000014 } from './1795392000014-privacy.js';
import { Erasure1795392000015 } from './1795392000015-erasure.js';
import { Carriers1795392000016 } from './1795392000016-carriers.js';
import { LedgerCheck1795392000017 } from './1795392000017-ledger-check.js';
import { Templates1795392000018 } from './1795392000018-templates.js';
import { SendingByTemplate1795392000019 } from './1795392000019-sending-by-template.js';
import { Throughput1795392000020 } from './1795392000020-throughput.js';
import { Frequency1795392000021 } from './1795392000021-frequency.js';
import { Quality1795392000022 } from './1795392000022-quality.js';
import { Moderation1795392000023 } from './1795392000023-moderation.js';
import { RequestBudgets1795392000024 } from './1795392000024-request-budgets.js';
import { Webhooks1795392000025 } from './1795392000025-webhooks.js';
import { Restrictions1795392000027 } from './1795392000027-restrictions.js';
import { HeldMessages1795392000028 } from './1795392000028-held-messages.js';
import { TestMode1795392000029 } from './1795392000029-test-mode.js';
import { SpamScore1795392000030 } from './1795392000030-spam-score.js';
import { TemplateQuality1795392000031 } from './1795392000031-template-quality.js';
import { TemplatePacing1795392000032 } from './1795392000032-template-pacing.js';
import { OwnerNotices1795392000033 } from './1795392000033-owner-notices.js';
import { SchedulesAndValidity1795392000034 } from './1795392000034-schedules-and-validity.js';
import { FullQueues1795392000035 } from './1795392000035-full-queues.js';
import { StaffInbox1795392000037 } from './1795392000037-staff-inbox.js';
import { BlockByBusiness1795392000038 } from './1795392000038-block-by-business.js';
import { Reactions1795392000039 } from './1795392000039-reactions.js';
import { PublicProfiles1795392000040 } from './1795392000040-public-profiles.js';
import { HandOffs1795392000041 } from './1795392000041-hand-offs.js';
import { CarrierReferences1795392000042 } from './1795392000042-carrier-references.js';
import { KeyedAnswers1795392000046 } from './1795392000046-keyed-answers.js';
import { PrioritiesAndFairness1795392000043 } from './1795392000043-priorities-and-fairness.js';
import { ParkedConversations1795392000044 } from './1795392000044-parked-conversations.js';
import { KeyRotation1795392000051 } from './1795392000051-key-rotation.js';
import { Media1795392000047 } from './1795392000047-media.js';
import { AuditLog1795392000048 } from './1795392000048-audit-log.js';
import { AdminSecondFactor1795392000049 } from './1795392000049-admin-second-factor.js';
import { AdminRoles1795392000050 } from './1795392000050-admin-roles.js';
import { KillSwitches1795392000052 } from './1795392000052-kill-switches.js';
import { Proposals1795392000055 } from './1795392000055-proposals.js';
import { MediaOfPeople1795392000053 } from './1795392000053-media-of-people.js';
import { BusinessSearch1795392000054 } from './1795392000054-business-search.js';
import { PersonTokens1795392000056 } from './1795392000056-person-tokens.js';
import { SingleSignOn1795392000057 } from './1795392000057-single-sign-on.js';
import { Unlinking1795392000058 } from './1795392000058-unlinking.js';
import { FewerReferences1795392000061 } from './1795392000061-fewer-references.js';
import { FewerWritesForFirstMessages1795392000062 } from './1795392000062-fewer-writes-for-first-messages.js';
import { IdempotencyByHash1795392000063 } from './1795392000063-idempotency-by-hash.js';
import { IdempotencyByWeek1795392000064 } from './1795392000064-idempotency-by-week.js';
import { RoomForUpdates1795392000065 } from './1795392000065-room-for-updates.js';

/** All migrations, oldest first. */
export const MIGRATIONS = [
  Ground1795392000001,
  Accounts1795392000002,
  People1795392000003,
  Consent1795392000004,
  Matching1795392000005,
  Limits1795392000006,
  Messaging1795392000007,
  ConsentLog1795392000008,
  ConsentPolicy1795392000009,
  Notices1795392000010,
  StopReviews1795392000011,
  ConsentImport1795392000012,
  Deferral1795392000013,
  Privacy1795392000014,
  Erasure1795392000015,
  Carriers1795392000016,
  LedgerCheck1795392000017,
  Templates1795392000018,
  SendingByTemplate1795392000019,
  Throughput1795392000020,
  Frequency1795392000021,
  Quality1795392000022,
  Moderation1795392000023,
  RequestBudgets1795392000024,
  Webhooks1795392000025,
  Restrictions1795392000027,
  HeldMessages1795392000028,
  TestMode1795392000029,
  SpamScore1795392000030,
  TemplateQuality1795392000031,
  TemplatePacing1795392000032,
  OwnerNotices1795392000033,
  SchedulesAndValidity1795392000034,
  FullQueues1795392000035,
  StaffInbox1795392000037,
  BlockByBusiness1795392000038,
  Reactions1795392000039,
  PublicProfiles1795392000040,
  HandOffs1795392000041,
  CarrierReferences1795392000042,
  KeyedAnswers1795392000046,
  PrioritiesAndFairness1795392000043,
  ParkedConversations1795392000044,
  Media1795392000047,
  AuditLog1795392000048,
  AdminSecondFactor1795392000049,
  AdminRoles1795392000050,
  KeyRotation1795392000051,
  KillSwitches1795392000052,
  MediaOfPeople1795392000053,
  BusinessSearch1795392000054,
  Proposals1795392000055,
  PersonTokens1795392000056,
  SingleSignOn1795392000057,
  Unlinking1795392000058,
  FewerReferences1795392000061,
  FewerWritesForFirstMessages1795392000062,
  IdempotencyByHash1795392000063,
  IdempotencyByWeek1795392000064,
  RoomForUpdates1795392000065,
];
