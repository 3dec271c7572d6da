import type { LanguageRules } from './language-rules.js';

/** Where languages are mixed within a sentence. */
export const MIXED: LanguageRules = {
  phrases: {
    TOTAL: [
      'MSG|CONTACT [or|and|oder|und|o|y|ou|et|e|nor|ni|nem] AD|NOTHING',
      'AD [or|and|oder|und|o|y|ou|et|e|nor|ni|nem] ~1 MSG|NOTHING|CONTACT',
    ],
  },
  never: {},
  certain: {},
  shields: {},
  stops: {
    unsubscribe: ['UNSUB'],
    'cease-contacting': [
      'CEASE ~2 TO_CONTACT|TO_SEND|CONTACT_ING|SEND_ING',
      'NO_MORE ~1 CONTACT_ING|SEND_ING|TO_CONTACT',
    ],
    'cease-messages': ['CEASE ~3 MSG|AD|SPAM'],
    'refuse-messages': ['NO_MORE ~1 MSG|AD|SPAM', 'PLEASE NEG ~1 MSG|AD|SPAM', 'KEIN|NO_MORE ~1 MSG|AD|SPAM'],
  },
};
