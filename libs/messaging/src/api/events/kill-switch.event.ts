import { eventKind } from '@assent/platform';

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const WHAT = {
  kind: '`BUSINESS`, `TEMPLATE`, `CARRIER` or `MARKETING`: yours, one of your templates, one carrier for everybody, all marketing of everybody.',
  template: 'Which template, `tpl_…`; null for the other kinds.',
  carrier: 'Which carrier; null for the other kinds.',
};
const whatOf = (data: Record<string, unknown>) => ({
  kind: String(data['kind']),
  template: textOrNull(data['template']),
  carrier: textOrNull(data['carrier']),
});

eventKind('kill_switch.set', {
  description:
    'The operator switched something off that you send by. What was accepted before waits; what you send is refused with a reason that says so.',
  fields: {
    ...WHAT,
    reason: 'What the operator gave as the reason.',
    endsAt: 'When it ends by itself, without another event; null: when it is lifted.',
    todo: 'What to do, in a sentence.',
  },
  example: {
    kind: 'TEMPLATE',
    template: 'tpl_01m85hxqnbfayvshpqpm8rbh71',
    carrier: null,
    reason: 'Its link leads to a page that was taken over.',
    endsAt: null,
    todo: 'Use another template, and talk to the operator of the platform. Nothing that was accepted has to be sent again.',
  },
  toData: ({ data }) => ({
    ...whatOf(data),
    reason: String(data['reason']),
    endsAt: textOrNull(data['endsAt']),
    todo: String(data['todo']),
  }),
});

eventKind('kill_switch.lifted', {
  description:
    'The operator switched it on again. What waited for that, and is still worth showing, goes on by itself.',
  fields: { ...WHAT, reason: 'What the operator gave as the reason.' },
  example: {
    kind: 'TEMPLATE',
    template: 'tpl_01m85hxqnbfayvshpqpm8rbh71',
    carrier: null,
    reason: 'The link leads to the right page again.',
  },
  toData: ({ data }) => ({ ...whatOf(data), reason: String(data['reason']) }),
});
