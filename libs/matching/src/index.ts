export { ContactLoader } from './api/business/contact-loader.js';
export { Contact } from './api/business/contact.types.js';
export { MatchingBusinessApiModule } from './api/business/matching-business-api.module.js';
export { MATCH_WINDOW_MS, type MatchLimits, matchLimits } from './domain/match-budget.js';
export { MatchingModule } from './matching.module.js';
export { ContactStore, type PersonsContact } from './persistence/contact.store.js';
export { ContactErasure } from './persistence/contact-erasure.js';
export { MatchingExport } from './use-cases/matching-export.js';
