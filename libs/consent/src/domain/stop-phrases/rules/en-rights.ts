import type { Rules } from './language-rules.js';

/** What asks for a stop in English as a right that the writer has. */
export const EN_RIGHTS: Rules = {
  'withdraw-consent': [
    '^ i ~2 revoke|withdraw $',
    'withdraw|withdrawing|withdrawn|revoke|revoking|revoked|rescind|retract|retracting|cancel|end|pull|remove|withhold|deny|take|taking ~4 CONSENT',
    'CONSENT ~4 withdrawn|revoked|rescinded|expired|back',
    'NO_MORE|NEG|never|without|not ~4 CONSENT',
    'NEG|never|not|NO_MORE ~1 consent|authorize|authorise|allow|permit|agree|agreed|authorized|allowed|consented ~5 CONTACT|MSG|AD|SEND|CONTACT_ING|contacted|THESE|RECEIVE_ING|this|TO_RECEIVE',
  ],
  'object-to-use': [
    'object|objecting|objection|oppose|opposed|refuse ~6 AD|processing|profiling|use|using|sharing|selling|contact|MSG|RECEIVE_ING',
    'right|rights ~1 to|of ~2 erasure|object|forgotten|deletion|erase|be',
    'NEG|CEASE|NO_MORE ~3 sell|share|use|process|selling|sharing|using|processing|storing|keep|store ~3 MY ~3 DATA|NUMBER',
    'dpo|LAW ~9 REMOVE|REMOVED|erasure|deletion|CEASE|NEG|object|request|removal|violation|complaint|breach|NO_MORE',
    'REMOVE|erasure|deletion|NEG|CEASE|NO_MORE|request|object|violation|violating|breach|report|reported|file|under ~9 LAW',
    'NEG|not|no|do|the ~1 call|disturb|contact|text ~1 list|registry|register|LIST',
  ],
  'erase-data': [
    'REMOVE ~2 all|everything|any|every ~4 DATA|about|have|records|hold',
    'erasure|deletion|removal ~4 MY|all ~3 DATA|NUMBER',
    'REMOVE ~1 MY ~2 DATA|records|NUMBER',
  ],
};
