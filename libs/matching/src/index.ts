export { MatchingBusinessApiModule } from './api/business/matching-business-api.module.js';
export { MatchingModule } from './matching.module.js';
