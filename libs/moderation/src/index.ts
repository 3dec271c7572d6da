export { ModerationAdminApiModule } from './api/admin/moderation-admin-api.module.js';
export { ModerationPersonApiModule } from './api/person/moderation-person-api.module.js';
export { ModerationModule } from './moderation.module.js';
export { ReportErasure } from './persistence/report-erasure.js';
export { ReportExport } from './use-cases/report-export.js';
export { ReportMessage } from './use-cases/report-message.js';
export { REPORTS_SEALED } from './persistence/report-vault.js';
