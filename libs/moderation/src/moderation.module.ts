import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { ConsentLogModule, ConsentModule } from '@assent/consent';
import { LimitsModule } from '@assent/limits';
import { MessagingModule } from '@assent/messaging';
import { ReportErasure } from './persistence/report-erasure.js';
import { ReportStore } from './persistence/report.store.js';
import { ReportVault } from './persistence/report-vault.js';
import { DecideReport } from './use-cases/decide-report.js';
import { ProveReport } from './use-cases/prove-report.js';
import { ReadReports } from './use-cases/read-reports.js';
import { ReportExport } from './use-cases/report-export.js';
import { ReportMessage } from './use-cases/report-message.js';

/** What people report, and what the operator decides about it. */
@Module({
  imports: [AccountsModule, ConsentLogModule, ConsentModule, LimitsModule, MessagingModule],
  providers: [
    DecideReport,
    ProveReport,
    ReadReports,
    ReportErasure,
    ReportExport,
    ReportMessage,
    ReportStore,
    ReportVault,
  ],
  exports: [DecideReport, ProveReport, ReadReports, ReportErasure, ReportExport, ReportMessage],
})
export class ModerationModule {}
