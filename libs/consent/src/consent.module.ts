import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { ConsentLogModule } from './consent-log.module.js';
import { ConsentPolicyModule } from './consent-policy.module.js';
import { NoticesModule } from './notices.module.js';
import { ConsentErasure } from './persistence/consent-erasure.js';
import { StopLinksModule } from './stop-links.module.js';
import { ConsentLedger } from './persistence/consent-ledger.js';
import { ContactHistoryStore } from './persistence/contact-history.store.js';
import { ConsentStore } from './persistence/consent.store.js';
import { AlarmStore } from './persistence/alarm.store.js';
import { StopIntentStore } from './persistence/stop-intent.store.js';
import { ChangeConsent } from './use-cases/change-consent.js';
import { CompleteStops } from './use-cases/complete-stops.js';
import { ExplainConsents } from './use-cases/explain-consents.js';
import { ImportOptIns } from './use-cases/import-opt-ins.js';
import { ConsentExport } from './use-cases/consent-export.js';
import { IssueContactReceipt } from './use-cases/issue-contact-receipt.js';
import { IssueReceipt } from './use-cases/issue-receipt.js';
import { ProveEvent } from './use-cases/prove-event.js';
import { PublishPolicy } from './use-cases/publish-policy.js';
import { ReadAlarms } from './use-cases/read-alarms.js';
import { ReadConsents } from './use-cases/read-consents.js';
import { ReadPolicy } from './use-cases/read-policy.js';
import { ReadScope } from './use-cases/read-scope.js';
import { RecordConsent } from './use-cases/record-consent.js';
import { LiftStop } from './use-cases/lift-stop.js';
import { RecordStop } from './use-cases/record-stop.js';
import { StopByLink } from './use-cases/stop-by-link.js';
import { UndoMistakenStop } from './use-cases/undo-mistaken-stop.js';
import { ResolveAlarm } from './use-cases/resolve-alarm.js';
import { WriteReceipt } from './use-cases/write-receipt.js';

/** Consent: policy, ledger, state, stops. It asks for a StopEffect and a ConsentTeller, which a global module above has to provide. */
@Module({
  imports: [AccountsModule, ConsentLogModule, ConsentPolicyModule, NoticesModule, StopLinksModule],
  providers: [
    AlarmStore,
    ChangeConsent,
    CompleteStops,
    ConsentErasure,
    ConsentExport,
    ConsentLedger,
    ConsentStore,
    ExplainConsents,
    ContactHistoryStore,
    ImportOptIns,
    IssueContactReceipt,
    IssueReceipt,
    LiftStop,
    ProveEvent,
    PublishPolicy,
    ReadAlarms,
    ReadConsents,
    ReadPolicy,
    ReadScope,
    RecordConsent,
    RecordStop,
    StopByLink,
    ResolveAlarm,
    StopIntentStore,
    UndoMistakenStop,
    WriteReceipt,
  ],
  exports: [
    ChangeConsent,
    CompleteStops,
    ConsentErasure,
    ConsentExport,
    ConsentLogModule,
    ConsentStore,
    ExplainConsents,
    ContactHistoryStore,
    ImportOptIns,
    IssueContactReceipt,
    IssueReceipt,
    LiftStop,
    NoticesModule,
    PublishPolicy,
    ReadAlarms,
    ReadConsents,
    ReadPolicy,
    RecordConsent,
    RecordStop,
    ResolveAlarm,
    StopByLink,
    UndoMistakenStop,
  ],
})
export class ConsentModule {}
