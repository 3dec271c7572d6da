import { registerEnumType } from '@nestjs/graphql';
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

export { ReportDecision, ReportKind, ReportStepKind };
