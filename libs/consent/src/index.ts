export { ImportEvidence } from './api/enums.js';
export { ConsentAdminApiModule } from './api/admin/consent-admin-api.module.js';
export { ConsentPersonApiModule } from './api/person/consent-person-api.module.js';
export { toConsent } from './api/person/consent.presenter.js';
export { Consent } from './api/person/consent.types.js';
export { ExplainedConsent, toExplainedConsent } from './api/person/explained-consent.types.js';
export { noticeKind } from './api/person/notices/notice-kinds.js';
export { Notice } from './api/person/notices/notice.types.js';
export { ConsentLogApiModule } from './api/public/consent-log-api.module.js';
export { StopLinksApiModule } from './api/public/stop-links-api.module.js';
export { ConsentLogModule } from './consent-log.module.js';
export { ConsentPolicyModule } from './consent-policy.module.js';
export { ConsentModule } from './consent.module.js';
export {
  ConsentAction,
  ConsentActor,
  type ConsentChange,
  type ConsentRecord,
} from './domain/consent-event.js';
export type { ConsentFact, ConsentScope, ConsentSubject, Standing } from './domain/consent-fact.js';
export {
  decideImport,
  type ImportDecision,
  type ImportedOptIn,
  ImportPurpose,
} from './domain/decide-import.js';
export { type Evidence, EvidenceKind } from './domain/evidence.js';
export { type ConsentFacts, type ConsentVerdict, judgeConsent } from './domain/judge-consent.js';
export type { ConsentPolicy, CountryPolicy } from './domain/policy.js';
export { Purpose, PURPOSES } from './domain/purpose.js';
export type { Stop } from './domain/stop.js';
export { recognise } from './domain/stop-phrases/recognise.js';
export type { KeywordAction, Recognised, StopScope } from './domain/stop-phrases/recognised.js';
export { NoticesModule } from './notices.module.js';
export { ConsentErasure } from './persistence/consent-erasure.js';
export { StopLinksModule } from './stop-links.module.js';
export { ConsentStore, type Encounter } from './persistence/consent.store.js';
export { type AskedHistory, ContactHistoryStore } from './persistence/contact-history.store.js';
export type { LedgerEntry } from './persistence/sealed-event.js';
export { type NewNotice, NoticeStore } from './persistence/notice.store.js';
export { LogSigner } from './persistence/log-signer.js';
export { type PolicyInForce, PolicyStore } from './persistence/policy.store.js';
export { selectSaid } from './persistence/said.js';
export { ConsentExport } from './use-cases/consent-export.js';
export { CheckLedger } from './use-cases/check-ledger.js';
export { ConsentTeller } from './use-cases/consent-teller.js';
export { CompleteStops } from './use-cases/complete-stops.js';
export { type AcceptedOptIn, type GuardedPerson, ImportOptIns } from './use-cases/import-opt-ins.js';
export { DumpLedger } from './use-cases/dump-ledger.js';
export { ExplainConsents } from './use-cases/explain-consents.js';
export { ExtendLog } from './use-cases/extend-log.js';
export { ForgetOldNotices } from './use-cases/forget-old-notices.js';
export { IssueContactReceipt, type IssuedContactReceipt } from './use-cases/issue-contact-receipt.js';
export type { NotCovered } from './use-cases/prove-event.js';
export { LiftStop } from './use-cases/lift-stop.js';
export { type ErasedLeaves, ProveErasure } from './use-cases/prove-erasure.js';
export { RecordConsent } from './use-cases/record-consent.js';
export { type RecordedStop, RecordStop } from './use-cases/record-stop.js';
export { StopLinks } from './use-cases/stop-links.js';
export { ReadLog } from './use-cases/read-log.js';
export { StopEffect } from './use-cases/stop-effect.js';
export { UndoMistakenStop } from './use-cases/undo-mistaken-stop.js';
