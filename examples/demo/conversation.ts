/** A person writes to a business, with a picture, and for 24 hours it may answer in its own words. */
import { createHash, randomUUID } from 'node:crypto';
import type { Business } from './business.ts';
import type { Reachable } from './chapters.ts';
import type { Result } from './messages.ts';
import type { Person } from './people.ts';
import { PLATFORM } from './platform.ts';
import { chapter, check, clock, say, sayRefused, until } from './transcript.ts';

const WORDS = 'The pole of my tent came like this. Can I have another one?';
const ANSWER = 'We are sorry! A new one is on its way.';
/** The smallest PNG, one pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==',
  'base64',
);

interface Upload {
  id: string;
  url: string;
  headers: { name: string; value: string }[];
}

interface Written {
  direction: string;
  text: string;
  media: { sha256: string; url: string } | null;
}

interface Read {
  fromYou: boolean;
  text: string;
  status: string;
}

export async function converse(business: Business, { person, contact }: Reachable): Promise<void> {
  chapter('A person writes, with a picture, and the business answers in its own words');
  const answer = (): Promise<Result> =>
    business.api.insist<Result>(
      `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename
        ... on AcceptedMessage { id } ... on RefusedMessage { reason message retryAt } } }`,
      { input: { contact: contact.id, text: ANSWER, idempotencyKey: randomUUID() } },
    );
  sayRefused('sendMessage, own words', await answer(), 'SERVICE_WINDOW_CLOSED');

  const picture = await upload(person);
  say('completeMediaUpload', `${person.name} uploads a picture, ${PICTURE.length} bytes`);
  const { writtenAt } = await person.api.insist<{ writtenAt: string | null }>(
    `mutation ($input: WriteToBusinessInput!) { writeToBusiness(input: $input) {
      ... on WriteToBusinessPayload { writtenAt } } }`,
    {
      input: {
        business: business.id,
        text: WORDS,
        media: { id: picture, name: 'pole.png' },
        idempotencyKey: randomUUID(),
      },
    },
  );
  check('the message is taken', typeof writtenAt === 'string');
  say('writeToBusiness', `“${WORDS}”`);

  const { nodes } = await business.api.insist<{ nodes: Written[] }>(
    `query ($contact: ID!) { messages(first: 1, contact: $contact) { nodes { direction text media { sha256 url } } } }`,
    { contact: contact.id },
  );
  const [received] = nodes;
  check('the business has the words', received?.direction === 'INBOUND' && received.text === WORDS);
  const { media } = received;
  check('the hash in the message is that of the picture', media?.sha256 === hashOf(PICTURE));
  const bytes = await until('the picture can be fetched', async () => {
    const response = await fetch(atPlatform(media.url)).catch(() => undefined);
    return response?.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
  });
  check('the business has the picture', bytes.equals(PICTURE));
  say('messages', 'the business has both; the picture by a link that is good for 15 minutes');

  const { serviceWindow } = await business.api.insist<{
    serviceWindow: { open: boolean; closesAt: string };
  }>(`query ($id: ID!) { contact(by: { id: $id }) { serviceWindow { open closesAt } } }`, { id: contact.id });
  const hours = (Date.parse(serviceWindow.closesAt) - Date.parse(writtenAt)) / 3_600_000;
  check('its window is open for 24 hours', serviceWindow.open && hours === 24, hours);
  say('serviceWindow', `open until ${clock(serviceWindow.closesAt)} tomorrow`);
  const sent = await answer();
  check('the answer is accepted', sent.__typename === 'AcceptedMessage', sent.reason);
  await business.owner.insist(
    `mutation ($contact: ID!) { markConversationRead(input: { contact: $contact }) { __typename } }`,
    { contact: contact.id },
  );
  const [last, before] = await until('the answer is there', async () => {
    const read = await conversationOf(person, business);
    return read[0]?.text === ANSWER ? read : undefined;
  });
  check('the person reads the answer', last?.fromYou === false);
  check('they see that they were read', before?.fromYou === true && before.status === 'READ', before?.status);
  say('conversation', `${person.name} sees that it was READ, and the answer: “${ANSWER}”`);
}

/** @returns the id of a picture that can go with a message */
async function upload({ api }: Person): Promise<string> {
  const { id, url, headers } = await api.insist<Upload>(
    `mutation ($input: CreateMediaUploadInput!, $key: String) { createMediaUpload(input: $input, idempotencyKey: $key) {
      ... on CreateMediaUploadPayload { id url headers { name value } } } }`,
    {
      input: { type: 'image/png', bytes: PICTURE.length, sha256: hashOf(PICTURE) },
      key: randomUUID(),
    },
  );
  await until('the picture is taken', async () => {
    const request = {
      method: 'PUT',
      headers: headers.map(({ name, value }) => [name, value]),
    } as RequestInit;
    const response = await fetch(atPlatform(url), { ...request, body: new Uint8Array(PICTURE) }).catch(
      () => undefined,
    );
    return response?.ok || undefined;
  });
  const completed = await api.insist<{ id?: string }>(
    `mutation ($id: ID!) { completeMediaUpload(input: { id: $id }) { ... on CompleteMediaUploadPayload { id } } }`,
    { id },
  );
  check('the picture is what was declared', completed.id === id);
  return id;
}

async function conversationOf({ api }: Person, { id }: Business): Promise<Read[]> {
  const { nodes } = await api.insist<{ nodes: Read[] }>(
    `query ($of: ID!) { conversation(business: $of, first: 2) { nodes { fromYou text status } } }`,
    { of: id },
  );
  return nodes;
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The platform's own store is where the demo reaches the platform, whatever it calls itself. */
function atPlatform(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname.startsWith('/media/') ? `${PLATFORM}${pathname}${search}` : url;
}
