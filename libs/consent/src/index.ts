export { ConsentPersonApiModule } from './api/person/consent-person-api.module.js';
export { ConsentModule } from './consent.module.js';
