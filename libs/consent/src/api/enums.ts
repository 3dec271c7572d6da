import { registerEnumType } from '@nestjs/graphql';
import { EvidenceKind, ImportEvidence } from '../domain/evidence.js';

const IMPORTED = {
  WEB_FORM: { description: 'They ticked or filled in a form on a website or in an app.' },
  DOUBLE_OPT_IN: {
    description: 'They opted in, and confirmed it through a message to the address or number that they gave.',
  },
  PAPER_FORM: { description: 'They signed on paper.' },
  VOICE_RECORDING: { description: 'They said so, and it was recorded with their knowledge.' },
  IN_PERSON: { description: 'They said so to somebody, who took a note.' },
  SMS_KEYWORD: { description: 'They sent a keyword from the number itself.' },
  CONTRACT: { description: 'It is a term of a contract with them.' },
  OTHER: { description: 'Anything else.' },
};

registerEnumType(ImportEvidence, {
  name: 'ImportEvidence',
  description: 'What shows that a person opted in with a business, outside of this platform.',
  valuesMap: IMPORTED,
});
registerEnumType(EvidenceKind, {
  name: 'EvidenceKind',
  description: 'What shows that a person opted in otherwise than in their app.',
  valuesMap: {
    ...IMPORTED,
    LEDGER: { description: 'An earlier entry of their ledger, which they took up again.' },
  },
});

export { EvidenceKind, ImportEvidence };
