import { registerEnumType } from '@nestjs/graphql';
import { ParameterType } from '../domain/parameters.js';
import { HintKind } from '../domain/review/hint.js';
import { MessagePurpose, TemplateState, VersionState } from '../domain/template.js';

registerEnumType(MessagePurpose, {
  name: 'MessagePurpose',
  description: 'What a message is for. The person can stop each purpose by itself.',
  valuesMap: {
    AUTHENTICATION: { description: 'Codes and confirmations that the person is waiting for.' },
    SERVICE: { description: 'Something about an order, a booking or an account of theirs.' },
    MARKETING: { description: 'Anything that is meant to sell. Needs an opt-in.' },
  },
});
registerEnumType(TemplateState, {
  name: 'TemplateState',
  description: 'What a template can do now. It sends only while it is APPROVED.',
  valuesMap: {
    DRAFT: { description: 'Was never submitted.' },
    IN_REVIEW: { description: 'Waits for the operator; none of its versions was approved yet.' },
    APPROVED: { description: 'Its newest approved version sends, whatever becomes of later versions.' },
    REJECTED: { description: 'None of its versions was approved, and the newest was rejected.' },
    PAUSED: { description: "Does not send until `pausedUntil`, because of people's reactions." },
    DISABLED: { description: 'Does not send any more, unless an appeal is upheld.' },
  },
});
registerEnumType(VersionState, {
  name: 'TemplateVersionState',
  description: 'Where a version is on its way. Its content can change while it is a DRAFT only.',
});
registerEnumType(ParameterType, {
  name: 'TemplateParameterType',
  description: 'What kind of value a parameter takes, and how it is written.',
  valuesMap: {
    TEXT: {
      description:
        'One line of 1 to 1,024 characters. Line breaks become blanks, invisible characters are dropped, links are refused. Also chooses in `{name, select, …}`.',
    },
    NUMBER: {
      description:
        '`3` or `-12.5`; at most 12 digits and 6 behind the point. Also for `{name, number, …}`, `{name, plural, …}` and `{name, selectordinal, …}`.',
    },
    DATE: {
      description:
        '`2026-11-28` or `2026-11-28T14:30`: what calendar and clock show where it happens; it is not converted. Also for `{name, date, …}` and `{name, time, …}`.',
    },
    MONEY: { description: '`12.50 EUR`: an amount and a currency (ISO 4217).' },
    URL: {
      description: 'An https:// address on the declared domain or below it, of at most 2,000 characters.',
    },
  },
});
registerEnumType(HintKind, {
  name: 'TemplateHintKind',
  description: 'Why a template may be worth a closer look. A hint decides nothing.',
  valuesMap: {
    URGENCY: { description: 'Presses the reader to act at once.' },
    BAIT: { description: 'Promises money or prizes for nothing.' },
    SHORTENER: { description: 'A link whose host hides where it leads.' },
    LOOK_ALIKE: {
      description: 'A domain that looks like another one: of the business itself, or of a known brand.',
    },
    FOREIGN_DOMAIN: { description: 'A domain that is not the one that the business proved.' },
    PUNYCODE: { description: 'A domain with letters beyond ASCII.' },
    BRAND: { description: "Names a known brand that is not the business's own." },
    CATEGORY: { description: 'Reads like MARKETING, and is declared as something else.' },
  },
});

export { HintKind, MessagePurpose, ParameterType, TemplateState, VersionState };
