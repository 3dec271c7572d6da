import { type EventKind, eventKinds } from '@assent/platform';

const HEAD = `# Events

What happens to a business, as webhooks carry it and the query \`events\` answers it. Each is
\`{"type": …, "timestamp": …, "data": {…}}\`; what stands in \`data\` is below. \`docs/webhooks.md\` says how to receive and
verify them. Fields and types may be added; pass over what you do not know.

This page is written by \`npm run schema\` from what the libraries declare.
`;

/** The page that documents every kind of events, in Markdown: docs/events.md. */
export function eventsPage(): string {
  const kinds = [...eventKinds()].sort(([one], [other]) => (one < other ? -1 : 1));
  return [HEAD, ...kinds.map(([type, kind]) => section(type, kind))].join('\n');
}

function section(type: string, { description, fields, example, subscribable }: EventKind): string {
  const rows = Object.entries(fields).map(([name, says]) => `| \`${name}\` | ${says} |`);
  const payload = { type, timestamp: '2026-11-28T10:15:00.000Z', data: example };
  return [
    `## ${type}`,
    '',
    description,
    ...(subscribable === false ? ['', 'No endpoint is subscribed to it.'] : []),
    '',
    '| field | what it says |',
    '| ----- | ------------ |',
    ...rows,
    '',
    '```json',
    JSON.stringify(payload, null, 2),
    '```',
    '',
  ].join('\n');
}
