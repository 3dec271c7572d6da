export { AccountsModule } from './accounts.module.js';
export { AccountsAdminApiModule } from './api/admin/accounts-admin-api.module.js';
export { AccountsBusinessApiModule } from './api/business/accounts-business-api.module.js';
export { AdminViewer, BusinessViewer } from './domain/viewers.js';
export { AuthenticateAdmin } from './use-cases/authenticate-admin.js';
export { AuthenticateBusiness } from './use-cases/authenticate-business.js';
export { ACCOUNTS_ROWS } from './persistence/rows.js';
