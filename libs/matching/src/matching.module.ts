import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { ConsentModule } from '@assent/consent';
import { PeopleModule } from '@assent/people';
import { ContactLoader } from './api/business/contact-loader.js';
import { ContactErasure } from './persistence/contact-erasure.js';
import { ContactStore } from './persistence/contact.store.js';
import { ImportAnswerStore } from './persistence/import-answer.store.js';
import { ImportFileStore } from './persistence/import-file.store.js';
import { ImportJobStore } from './persistence/import-job.store.js';
import { MatchBudgetStore } from './persistence/match-budget.store.js';
import { MatchMarks } from './persistence/match-marks.js';
import { ForeseeMatch } from './use-cases/foresee-match.js';
import { ForgetImports } from './use-cases/forget-imports.js';
import { ImportBatch } from './use-cases/import-batch.js';
import { ImportConsents } from './use-cases/import-consents.js';
import { PersonContactsStore } from './persistence/person-contacts.store.js';
import { MatchContacts } from './use-cases/match-contacts.js';
import { MatchingExport } from './use-cases/matching-export.js';
import { ReadContactConsent } from './use-cases/read-contact-consent.js';
import { ReadContactHistory } from './use-cases/read-contact-history.js';
import { ReadContacts } from './use-cases/read-contacts.js';
import { ReadMatchBudget } from './use-cases/read-match-budget.js';
import { ReadImports } from './use-cases/read-imports.js';
import { RunImports } from './use-cases/run-imports.js';
import { UploadImport } from './use-cases/upload-import.js';

/** Numbers, contacts and match budgets, and the opt-ins that businesses bring in of their contacts. */
@Module({
  imports: [AccountsModule, ConsentModule, PeopleModule],
  providers: [
    ContactLoader,
    ContactErasure,
    ContactStore,
    ForeseeMatch,
    ForgetImports,
    ImportAnswerStore,
    ImportBatch,
    ImportConsents,
    ImportFileStore,
    ImportJobStore,
    MatchBudgetStore,
    MatchMarks,
    PersonContactsStore,
    MatchContacts,
    MatchingExport,
    ReadContactConsent,
    ReadContactHistory,
    ReadContacts,
    ReadImports,
    ReadMatchBudget,
    RunImports,
    UploadImport,
  ],
  exports: [
    ContactErasure,
    ContactLoader,
    ContactStore,
    ForgetImports,
    ImportConsents,
    MatchContacts,
    MatchingExport,
    ReadContactConsent,
    ReadContactHistory,
    ReadContacts,
    ReadImports,
    ReadMatchBudget,
    RunImports,
    UploadImport,
  ],
})
export class MatchingModule {}
