export { ConsentPersonApiModule } from './api/person/consent-person-api.module.js';
export { ConsentModule } from './consent.module.js';
export type { ConsentFact, ConsentScope, ConsentSubject, Standing } from './domain/consent-fact.js';
export { type ConsentVerdict, judgeConsent } from './domain/judge-consent.js';
export { type ConsentPolicy, DEFAULT_POLICY } from './domain/policy.js';
export { Purpose, PURPOSES } from './domain/purpose.js';
