export { PrivacyPersonApiModule } from './api/person/privacy-person-api.module.js';
export { PrivacyModule } from './privacy.module.js';
export { BuildExports } from './use-cases/build-exports.js';
export { ForgetExports } from './use-cases/forget-exports.js';
export { SweepErasures } from './use-cases/sweep-erasures.js';
export { EXPORTS_SEALED } from './persistence/export-vault.js';
