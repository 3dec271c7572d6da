import { eventKind } from '@assent/platform';

eventKind('template.state', {
  description:
    'One of your templates was decided on, paused by its quality, disabled, or let go again: what it, or one of its versions, can do now.',
  fields: {
    template: 'Which one, `tpl_…`.',
    version: 'Number of the version that was decided on; null where it is about all of the template.',
    state: '`APPROVED`, `REJECTED`, `PAUSED` or `DISABLED`.',
    reason: 'Why, in words; null where nothing was said.',
    until: 'Until when it is paused; else null.',
  },
  example: {
    template: 'tpl_01k6h5r2m8qvx3n7c9d4e5f6g7',
    version: null as number | null,
    state: 'PAUSED',
    reason: 'People reported it.',
    until: '2026-11-28T13:15:00.000Z',
  },
  toData: ({ data }) => ({
    template: String(data['template']),
    version: (data['version'] as number | null | undefined) ?? null,
    state: String(data['state']),
    reason: (data['reason'] as string | null | undefined) ?? null,
    until: (data['until'] as string | null | undefined) ?? null,
  }),
});
