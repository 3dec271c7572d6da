/** Templates: written, previewed, reviewed with a hint, rejected, written better, approved. */
import { adminApi, type Api } from './platform.ts';
import { chapter, check, type Refusal, say } from './transcript.ts';

type Purpose = 'SERVICE' | 'MARKETING';

interface Version {
  id: string;
  nr: number;
}

type Changed = Partial<Refusal> & {
  template?: { id: string; state: string; versions: Version[] };
  categoryHint?: { found: string }[];
};

interface Review {
  name: string;
  version: Version;
  hint: { score: number; grounds: { kind: string; found: string }[] };
}

const TEMPLATE = 'template { id state versions { id nr } }';
const REFUSAL = '... on Refusal { reason message retryAt }';
const TEXT = { name: 'text', type: 'TEXT', example: 'Your order has left our warehouse.' };

const PARCELS = {
  name: 'parcels',
  purpose: 'SERVICE',
  defaultLanguage: 'en',
  texts: [
    {
      language: 'en',
      body: '{name}, {n, plural, one {# parcel arrives} other {# parcels arrive}} on {day}: {link}',
    },
    {
      language: 'de',
      body: '{name}, am {day} {n, plural, one {kommt # Paket} other {kommen # Pakete}}: {link}',
    },
    {
      language: 'ar',
      body: '{name}، {n, plural, one {طرد واحد} two {طردان} few {# طرود} other {# طردًا}} في {day}: {link}',
    },
  ],
  parameters: [
    { name: 'name', type: 'TEXT', example: 'Ada' },
    { name: 'n', type: 'NUMBER', example: '2' },
    { name: 'day', type: 'DATE', example: '2026-12-01' },
    { name: 'link', type: 'URL', domain: 'nordlicht.example', example: 'https://nordlicht.example/track/17' },
  ],
};

/** Name of the template with which the demo says anything for a purpose. */
export function templateFor(purpose: Purpose): string {
  return purpose === 'SERVICE' ? 'service-note' : 'marketing-note';
}

/** What the business says later in this run has to be reviewed first. */
export async function getTemplatesApproved(member: Api): Promise<void> {
  chapter('What it says is reviewed first');
  const pushy = await create(member, {
    ...PARCELS,
    texts: [{ language: 'en', body: 'URGENT {name}: special offer, {n} parcels, {day}, act now: {link}' }],
    parameters: PARCELS.parameters.map((parameter) =>
      parameter.name === 'link'
        ? { ...parameter, domain: 'paypa1.com', example: 'https://paypa1.com/track' }
        : parameter,
    ),
  });
  const { categoryHint = [] } = await submit(member, pushy);
  check('the business is told at once', categoryHint.length > 0);
  say(
    'submitTemplate',
    `in review; reads like MARKETING: “${categoryHint.map(({ found }) => found).join('”, “')}”`,
  );
  const [review] = await queue();
  check('the template waits', review?.name === PARCELS.name);
  say('templateQueue', `hint ${review.hint.score} of 100, which decides nothing:`);
  for (const { kind, found } of review.hint.grounds.slice(0, 3)) say('', `  ${kind}: ${found}`);
  await decide('rejectTemplate', {
    version: review.version.id,
    reason: 'Whose domain is this? And say it calmly.',
  });
  say('rejectTemplate', 'with a reason, which the business reads');

  const edited = await member.ask<Changed>(
    `mutation ($input: EditTemplateInput!) { editTemplate(input: $input) {
      ... on EditTemplatePayload { ${TEMPLATE} } ${REFUSAL} } }`,
    {
      input: {
        id: pushy,
        defaultLanguage: PARCELS.defaultLanguage,
        texts: PARCELS.texts,
        parameters: PARCELS.parameters,
      },
    },
  );
  check('the next version is a draft', edited.template?.versions[0]?.nr === 2, edited.reason);
  say('editTemplate', 'version 2, in English, German and Arabic');
  for (const language of ['de-AT', 'ar']) {
    const values = { name: '{link}', n: '3', day: '2026-12-24', link: 'https://nordlicht.example/t?x=1' };
    const { text } = await member.ask<{ text: string }>(
      `query ($input: PreviewTemplateInput!) { previewTemplate(input: $input) {
        ... on TemplatePreview { text } ${REFUSAL} } }`,
      {
        input: {
          id: pushy,
          language,
          parameters: Object.entries(values).map(([name, value]) => ({ name, value })),
        },
      },
    );
    check('a value never becomes syntax', text.includes('{link}'), text);
    say(`previewTemplate, ${language}`, text);
  }
  await submit(member, pushy);
  for (const purpose of ['SERVICE', 'MARKETING'] as const) {
    const note = { name: templateFor(purpose), purpose, defaultLanguage: 'en', parameters: [TEXT] };
    await submit(member, await create(member, { ...note, texts: [{ language: 'en', body: '{text}' }] }));
  }
  for (const { version, name } of await queue()) {
    await decide('approveTemplate', { version: version.id });
    say('approveTemplate', `${name}, version ${version.nr}`);
  }
}

async function create(member: Api, input: object): Promise<string> {
  const { template, reason } = await member.ask<Changed>(
    `mutation ($input: CreateTemplateInput!) { createTemplate(input: $input) {
      ... on CreateTemplatePayload { ${TEMPLATE} } ${REFUSAL} } }`,
    { input },
  );
  check('the template is a draft', template?.state === 'DRAFT', reason);
  return template.id;
}

async function submit(member: Api, id: string): Promise<Changed> {
  const submitted = await member.ask<Changed>(
    `mutation ($input: SubmitTemplateInput!) { submitTemplate(input: $input) {
      ... on SubmitTemplatePayload { ${TEMPLATE} categoryHint { found } } ${REFUSAL} } }`,
    { input: { id } },
  );
  check('the template is in review', submitted.template !== undefined, submitted.reason);
  return submitted;
}

async function queue(): Promise<Review[]> {
  const { nodes } = await adminApi().ask<{ nodes: Review[] }>(
    `{ templateQueue(first: 100) { nodes { name version { id nr } hint { score grounds { kind found } } } } }`,
  );
  return nodes;
}

async function decide(operation: 'approveTemplate' | 'rejectTemplate', input: object): Promise<void> {
  const type = operation === 'approveTemplate' ? 'ApproveTemplateInput' : 'RejectTemplateInput';
  const { reason } = await adminApi().ask<Partial<Refusal>>(
    `mutation ($input: ${type}!) { ${operation}(input: $input) { __typename ${REFUSAL} } }`,
    { input },
  );
  check('the decision is taken', reason === undefined, reason);
}
