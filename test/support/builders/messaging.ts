import type { GraphQLClient } from '../graphql-client.js';
import type { TestPlatform } from '../platform.js';
import { aPerson, type TestPerson } from './people.js';
import { templateFor } from './any-templates.js';

/** A person and the handle that one business has of them. */
export interface Reachable {
  person: TestPerson;
  contact: string;
}

/** One answer of sendMessage or of sendMessages. */
export interface SendResult {
  __typename: 'AcceptedMessage' | 'RefusedMessage';
  id?: string;
  acceptedAt?: string;
  deferredUntil?: string | null;
  deferredBecause?: string | null;
  reason?: string;
  parameter?: string | null;
  message?: string;
  retryAt?: string | null;
  replayed: boolean;
}

interface ContactPage {
  nodes: { id: string; externalId: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

const RESULT = `__typename
  ... on AcceptedMessage { id acceptedAt deferredUntil deferredBecause replayed }
  ... on RefusedMessage { reason message retryAt parameter replayed }`;

/** Sends one message, `input`. */
export const SEND = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { ${RESULT} } }`;

let keys = 0;

/**
 * A message input with a key of its own: `text` in the template for `purpose` that every test business has. Free words
 * are `freeForm`.
 */
export function aMessage(
  contact: string,
  {
    purpose = 'SERVICE',
    text = 'Your order is on its way.',
    freeForm,
    ...changes
  }: Record<string, unknown> = {},
): Record<string, unknown> {
  const says =
    freeForm === undefined
      ? { template: { name: templateFor(String(purpose)), parameters: [{ name: 'text', value: text }] } }
      : { text: freeForm };
  return { contact, idempotencyKey: `key-${++keys}`, ...says, ...changes };
}

/** Sends one message. */
export async function send(
  business: GraphQLClient,
  contact: string,
  changes: Record<string, unknown> = {},
): Promise<SendResult> {
  const { sendMessage } = await business.do<{ sendMessage: SendResult }>(SEND, {
    input: aMessage(contact, changes),
  });
  return sendMessage;
}

/** Sends several messages in one request. */
export async function sendAll(
  business: GraphQLClient,
  messages: Record<string, unknown>[],
): Promise<SendResult[]> {
  const { sendMessages } = await business.do<{ sendMessages: { results: SendResult[] } }>(
    `mutation ($input: SendMessagesInput!) { sendMessages(input: $input) { results { ${RESULT} } } }`,
    { input: { messages } },
  );
  return sendMessages.results;
}

/** Whether a result is an acceptance. */
export const wasAccepted = ({ __typename }: SendResult) => __typename === 'AcceptedMessage';

/** People who joined and whom this business matched, with its handles of them. */
export async function reachablePeople(
  platform: TestPlatform,
  business: GraphQLClient,
  count: number,
): Promise<Reachable[]> {
  const people: TestPerson[] = [];
  await Promise.all(
    Array.from({ length: Math.min(16, count) }, async () => {
      while (people.length < count) {
        const at = people.push(undefined as never) - 1;
        people[at] = await aPerson(platform);
      }
    }),
  );
  return matchAll(business, people);
}

/** Matches people whose numbers a business has; all of them must become contacts. */
export async function matchAll(business: GraphQLClient, people: TestPerson[]): Promise<Reachable[]> {
  const customers = people.map(({ phone }, at) => ({ externalId: `customer-${at}`, phone }));
  await business.do(
    `mutation ($input: MatchContactsInput!) { matchContacts(input: $input) { __typename } }`,
    {
      input: { customers },
    },
  );
  const handles = new Map<string, string>();
  for (let after: string | null = null; ;) {
    const { contacts }: { contacts: ContactPage } = await business.do(
      `query ($after: String) { contacts(first: 100, after: $after) { nodes { id externalId } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    for (const { id, externalId } of contacts.nodes) handles.set(externalId, id);
    if (!contacts.pageInfo.hasNextPage) break;
    after = contacts.pageInfo.endCursor;
  }
  return people.map((person, at) => {
    const contact = handles.get(`customer-${at}`);
    if (!contact) throw new Error(`Customer ${at} did not become a contact`);
    return { person, contact };
  });
}
