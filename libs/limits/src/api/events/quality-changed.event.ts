import { eventKind } from '@assent/platform';

eventKind('quality.changed', {
  description: 'Your quality came to another level.',
  fields: {
    from: 'The level before: UNKNOWN, GREEN, YELLOW or RED.',
    to: 'The level now.',
    score: '0 to 100, as it was judged then; null where the level is UNKNOWN.',
  },
  example: { from: 'GREEN', to: 'YELLOW', score: 88 },
  toData: ({ data }) => ({
    from: String(data['from']),
    to: String(data['to']),
    score: data['to'] === 'UNKNOWN' ? null : Number(data['score']),
  }),
});
