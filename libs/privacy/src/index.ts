export { PrivacyPersonApiModule } from './api/person/privacy-person-api.module.js';
export { PrivacyModule } from './privacy.module.js';
