export { Configuration, ConfigurationError } from './configuration/configuration.js';
export {
  BIGINT,
  BOOLEAN,
  BYTEA,
  column,
  type ColumnType,
  HEX,
  INTEGER,
  SMALLINT,
  TEXT,
  TIME,
  UUID,
} from './database/columns.js';
export { createDataSource } from './database/data-source.js';
export { lookUp, unseen } from './database/look-up.js';
export { Database, LOOK_UPS, type Scope, Transaction } from './database/database.js';
export { migrate } from './database/migrate.js';
export { NotYet } from './database/not-yet.js';
export { isOutage } from './database/outage.js';
export { RoundTripClient, type Statement } from './database/round-trips.js';
export { isUniqueViolation } from './database/violations.js';
export { type Backup, takeBackup } from './embedded/backup.js';
export { EmbeddedPostgres, EmbeddedPostgresError } from './embedded/embedded-postgres.js';
export { restoreBackup } from './embedded/restore.js';
export { isOneLine, isStorable } from './errors/texts.js';
export { BadInputError, type Fault, parseInput } from './errors/bad-input.js';
export { appendEvents, type NewEvent } from './events/append-events.js';
export {
  type EventData,
  type EventFacts,
  type EventKind,
  eventKind,
  eventKinds,
} from './events/event-kinds.js';
export { type EventPosition, formatEventId, BEFORE_EVENTS, parseEventId } from './events/event-position.js';
export { BoundedCache } from './flow/bounded-cache.js';
export { follow, mapEach, type Page } from './flow/follow.js';
export { Gatherer } from './flow/gatherer.js';
export { inPages } from './flow/in-pages.js';
export { inTurns } from './flow/in-turns.js';
export { takeRightOfWay } from './flow/right-of-way.js';
export { Hints, type Topic } from './flow/hints.js';
export {
  type AudienceApi,
  audienceApi,
  type Authenticator,
  type SchemaWrapper,
} from './graphql/audience-api.js';
export {
  type ConnectionOf,
  connectionType,
  PageArgs,
  PageInfo,
  pageSchema,
  toConnection,
} from './graphql/connection.js';
export { Cost, type FieldCost } from './graphql/cost.js';
export { loaderOf } from './graphql/loader.js';
export { countRefused } from './graphql/request-meters.js';
export { badCursor, readPage } from './graphql/read-page.js';
export { Refusal, resultUnion } from './graphql/refusal.js';
export {
  type Access,
  accessOf,
  type Audience,
  ClientAddress,
  CurrentViewer,
  Permission,
  PermissionGuard,
  Public,
  type RequestContext,
  unauthenticated,
  type Viewer,
} from './graphql/viewer.js';
export { IdempotentAnswers } from './idempotency/answers.js';
export { Idempotent } from './idempotency/idempotent.js';
export { idempotencyKey } from './idempotency/key-rule.js';
export { Handles, type IdPrefix, parsePublicId, publicId } from './ids/ids.js';
export { bytesToUuid, firstIdAt, laneOf, randomFromPool, timeOf, uuid7, uuidToBytes } from './ids/uuid7.js';
export { checkKeys } from './keys/check-keys.js';
export { openFrom, sealIn } from './keys/column-seal.js';
export { KeyRing } from './keys/key-ring.js';
export { KeyVersions, type VersionsLeft } from './keys/key-versions.js';
export type { MacKey } from './keys/mac-key.js';
export { Reseal } from './keys/reseal.js';
export type { Resealed, SealedColumn } from './keys/sealed-column.js';
export { open, seal, type VersionedKey } from './keys/sealing.js';
export {
  hashCode,
  hashSecret,
  looksLikeSecret,
  newCode,
  newSecret,
  type SecretPrefix,
} from './keys/secrets.js';
export { isEncryptedOrNear } from './net/encrypted-or-near.js';
export { dnsLookup, isPublicAddress, PrivateAddressError, publicConnector } from './net/public-connector.js';
export { readRetryAfter } from './net/retry-after.js';
export { type PlatformOptions, PlatformModule } from './platform.module.js';
export type { ErasedPerson, ErasesPerson } from './privacy/erases-person.js';
export type { ExportRecord, Json } from './privacy/export-record.js';
export type { PersonExport } from './privacy/person-export.js';
export type { PersonKey } from './privacy/person-key.js';
export type { StoreErasure } from './privacy/store-erasure.js';
export { RateLimited, RateLimitedFilter } from './requests/rate-limited.js';
export { UnavailableFilter } from './requests/unavailable.js';
export { RequestBudgets } from './requests/request-budgets.js';
export { ClientSubject, RequestCost, RequestGuard } from './requests/request-guard.js';
export { addressSubject, type Subject, type SubjectKind } from './requests/subject.js';
export { trustedProxies } from './requests/trusted-proxies.js';
export { Collectors } from './telemetry/collectors.js';
export { errorCode } from './telemetry/describe-error.js';
export { HealthController } from './telemetry/health.controller.js';
export { createLogger, LOGGER, NestLogger } from './telemetry/logger.js';
export { Counter, exposition, Gauge, Histogram, meterNames, SECONDS } from './telemetry/meters.js';
export { type ConsoleLine, OperatorConsole } from './telemetry/operator-console.js';
export type { SpanAttributes } from './telemetry/tracing/span-attributes.js';
export { isSampled, type TracedRequest, Tracing } from './telemetry/tracing/tracing.js';
