import { registerEnumType } from '@nestjs/graphql';
import { KillSwitchKind } from '../domain/kill-switch.js';

registerEnumType(KillSwitchKind, {
  name: 'KillSwitchKind',
  description: 'What is switched off.',
  valuesMap: {
    BUSINESS: { description: 'Everything that one business sends; its test mode goes on.' },
    TEMPLATE: { description: 'Everything of one template, in every version and language.' },
    CARRIER: {
      description:
        'Handing messages to one carrier, of all businesses. They stand in the inbox all the same, and codes for proving a number still go.',
    },
    MARKETING: { description: 'All marketing of all businesses; test mode goes on.' },
  },
});

export { KillSwitchKind };
