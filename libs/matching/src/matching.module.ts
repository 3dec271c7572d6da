import { Module } from '@nestjs/common';
import { ConsentModule } from '@assent/consent';
import { PeopleModule } from '@assent/people';
import { ContactLoader } from './api/business/contact-loader.js';
import { ContactErasure } from './persistence/contact-erasure.js';
import { ContactStore } from './persistence/contact.store.js';
import { MatchBudgetStore } from './persistence/match-budget.store.js';
import { MatchMarks } from './persistence/match-marks.js';
import { ImportAnswerStore } from './persistence/import-answer.store.js';
import { ImportBatch } from './use-cases/import-batch.js';
import { ImportConsents } from './use-cases/import-consents.js';
import { MatchContacts } from './use-cases/match-contacts.js';
import { ReadContactConsent } from './use-cases/read-contact-consent.js';
import { ReadContacts } from './use-cases/read-contacts.js';

/** Numbers, contacts and match budgets. */
@Module({
  imports: [ConsentModule, PeopleModule],
  providers: [
    ContactLoader,
    ContactErasure,
    ContactStore,
    ImportAnswerStore,
    ImportBatch,
    ImportConsents,
    MatchBudgetStore,
    MatchMarks,
    MatchContacts,
    ReadContactConsent,
    ReadContacts,
  ],
  exports: [
    ContactErasure,
    ContactLoader,
    ContactStore,
    ImportConsents,
    MatchContacts,
    ReadContactConsent,
    ReadContacts,
  ],
})
export class MatchingModule {}
