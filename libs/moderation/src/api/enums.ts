import { registerEnumType } from '@nestjs/graphql';
import { DisclosedBy, StoredCopy } from '@assent/messaging';
import { ReportDecision, ReportKind, ReportStepKind } from '../domain/report.js';

registerEnumType(ReportKind, {
  name: 'ReportKind',
  valuesMap: {
    SPAM: { description: 'Not wanted, or far too much of it.' },
    FRAUD: { description: 'Tries to get at money or data.' },
    ABUSE: { description: 'Insults, threatens or harasses.' },
    IMPERSONATION: { description: 'Pretends to come from somebody else.' },
    OTHER: { description: 'What the note says.' },
  },
});
registerEnumType(ReportDecision, {
  name: 'ReportDecision',
  valuesMap: {
    UPHELD: { description: 'The report is right: it counts twice for the quality of the business.' },
    DISMISSED: { description: 'It is not: it does not count.' },
  },
});
registerEnumType(ReportStepKind, { name: 'ReportStepKind', description: 'What was done about a report.' });
registerEnumType(DisclosedBy, {
  name: 'DisclosedBy',
  description: 'Whose copy of a message was disclosed.',
  valuesMap: {
    DEVICE: { description: 'What the device of the person held, proven by the tag that it had been given.' },
    PLATFORM: { description: 'What the platform held.' },
  },
});
registerEnumType(StoredCopy, {
  name: 'StoredCopy',
  description: 'How the platform’s own copy of a message stood to what was sent, when it was reported.',
  valuesMap: {
    AS_SENT: { description: 'It was what was sent.' },
    CHANGED: { description: 'It had been changed beneath the platform.' },
    ERASED: { description: 'It was erased.' },
  },
});

export { DisclosedBy, ReportDecision, ReportKind, ReportStepKind, StoredCopy };
