import { registerEnumType } from '@nestjs/graphql';
import { ImportEvidence } from '../domain/evidence.js';

registerEnumType(ImportEvidence, {
  name: 'ImportEvidence',
  description: 'What shows that a person opted in with a business, outside of this platform.',
  valuesMap: {
    WEB_FORM: { description: 'They ticked or filled in a form on a website or in an app.' },
    DOUBLE_OPT_IN: {
      description:
        'They opted in, and confirmed it through a message to the address or number that they gave.',
    },
    PAPER_FORM: { description: 'They signed on paper.' },
    VOICE_RECORDING: { description: 'They said so, and it was recorded with their knowledge.' },
    IN_PERSON: { description: 'They said so to somebody, who took a note.' },
    SMS_KEYWORD: { description: 'They sent a keyword from the number itself.' },
    CONTRACT: { description: 'It is a term of a contract with them.' },
    OTHER: { description: 'Anything else.' },
  },
});

export { ImportEvidence };
