import { eventKind } from '@assent/platform';

eventKind('template_quality.changed', {
  description: 'The quality of one of your templates came to another level.',
  fields: {
    template: 'Which one.',
    from: 'The level before: UNKNOWN, GREEN, YELLOW or RED.',
    to: 'The level now. A template that is RED is paused soon.',
    score: '0 to 100, as it was judged then; null where the level is UNKNOWN.',
  },
  example: {
    template: 'tpl_01k6h5r2m8qvx3n7c9d4e5f6g7',
    from: 'YELLOW',
    to: 'RED',
    score: 68,
  },
  toData: ({ data }) => ({
    template: String(data['template']),
    from: String(data['from']),
    to: String(data['to']),
    score: data['to'] === 'UNKNOWN' ? null : Number(data['score']),
  }),
});
