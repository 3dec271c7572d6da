import { eventKind } from '@assent/platform';

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

eventKind('reach_tier.changed', {
  description: 'Your reach tier is another one: raised by use, or set by the operator.',
  fields: {
    from: 'The tier before.',
    to: 'The tier now; the query `limits` says what it allows.',
    cause: '`USE` or `ADMIN`.',
    reason: 'What the operator gave as the reason; null where it was raised by use.',
  },
  example: { from: 'TIER_2K', to: 'TIER_10K', cause: 'USE', reason: null },
  toData: ({ data }) => ({
    from: String(data['from']),
    to: String(data['to']),
    cause: String(data['cause']),
    reason: textOrNull(data['reason']),
  }),
});

eventKind('limit_override.changed', {
  description: 'The operator set a limit for you alone, or ended one.',
  fields: {
    kind: 'Which limit.',
    value: 'Its value now; null where what everybody has counts again.',
    endsAt: 'When it ends by itself; null where it ended.',
    reason: 'What the operator gave as the reason.',
  },
  example: {
    kind: 'REACH_PLACES',
    value: 5_000,
    endsAt: '2026-12-24T00:00:00.000Z',
    reason: 'A recall of a product.',
  },
  toData: ({ data }) => ({
    kind: String(data['kind']),
    value: typeof data['value'] === 'number' ? data['value'] : null,
    endsAt: textOrNull(data['endsAt']),
    reason: String(data['reason']),
  }),
});

eventKind('restriction.began', {
  description:
    'You are restricted: `restrictions` has the evidence, and `appealRestriction` asks for a review.',
  fields: {
    restriction: 'Its id, `rst_…`.',
    rung: 'Which step of the ladder it is.',
    until: 'When it ends by itself; null for a closure.',
    cause: '`QUALITY` or `ADMIN`.',
    reason: 'Why.',
  },
  example: {
    restriction: 'rst_01m85hxqnbfayvshpqpm8rbh71',
    rung: 'DAY_1',
    until: '2026-11-29T10:15:00.000Z',
    cause: 'QUALITY',
    reason: 'Your quality is RED.',
  },
  toData: ({ data }) => ({
    restriction: String(data['id']),
    rung: String(data['rung']),
    until: textOrNull(data['until']),
    cause: String(data['cause']),
    reason: String(data['reason']),
  }),
});

eventKind('restriction.ended', {
  description: 'A restriction of yours ended.',
  fields: {
    restriction: 'Its id, `rst_…`.',
    how: '`LIFTED`, `OVERTURNED` after an appeal, or `REPLACED` by another one.',
    reason: 'What the operator gave as the reason; null where there was nobody to give one.',
  },
  example: {
    restriction: 'rst_01m85hxqnbfayvshpqpm8rbh71',
    how: 'OVERTURNED',
    reason: null,
  },
  toData: ({ data }) => ({
    restriction: String(data['id']),
    how: String(data['how']),
    reason: textOrNull(data['reason']),
  }),
});
