import { DispatchMessages } from '@assent/messaging';
import type { GraphQLClient } from '../graphql-client.js';
import type { TestPlatform } from '../platform.js';
import type { TestPerson } from './people.js';

/** What a worker does until there is nothing to do. */
export async function dispatchAll(platform: TestPlatform): Promise<void> {
  const worker = platform.app.get(DispatchMessages, { strict: false });
  while (await worker.execute());
}

/** Texts that a person sees, oldest first. */
export async function inboxOf({ api }: TestPerson): Promise<string[]> {
  const { inbox } = await api.do('{ inbox(first: 100) { nodes { text } } }');
  return inbox.nodes.map(({ text }: { text: string }) => text).reverse();
}

/** Where a message of a business is. */
export interface TestStatus {
  status: string;
  reason: string | null;
  sendAt: string | null;
  expiresAt: string | null;
  deferredUntil: string | null;
  deferredBecause: string | null;
}

export async function statusOf(business: GraphQLClient, id: string | undefined): Promise<TestStatus> {
  const { message } = await business.do(
    `query ($id: ID!) { message(id: $id) { status reason sendAt expiresAt deferredUntil deferredBecause } }`,
    { id },
  );
  return message;
}

/** One answer of cancelMessage or of cancelMessages. */
export interface CancelResult {
  __typename: 'CancelledMessage' | 'MessageNotCancelled';
  id: string;
  wasCancelled?: boolean;
  reason?: string;
  retryAt?: string | null;
}

const CANCELLED = `__typename ... on CancelledMessage { id wasCancelled } ... on MessageNotCancelled { id reason retryAt }`;

export async function cancel(business: GraphQLClient, message: string | undefined): Promise<CancelResult> {
  const { cancelMessage } = await business.do(
    `mutation ($input: CancelMessageInput!) { cancelMessage(input: $input) { ${CANCELLED} } }`,
    { input: { message } },
  );
  return cancelMessage;
}

export async function cancelAll(
  business: GraphQLClient,
  messages: (string | undefined)[],
): Promise<CancelResult[]> {
  const { cancelMessages } = await business.do(
    `mutation ($input: CancelMessagesInput!) { cancelMessages(input: $input) { results { ${CANCELLED} } } }`,
    { input: { messages } },
  );
  return cancelMessages.results;
}
