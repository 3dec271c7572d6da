import { publicId, uuid7 } from '@assent/platform';
import type { GraphQLClient } from '../graphql-client.js';
import type { TestPlatform } from '../platform.js';
import { anEmail, signIn, type UnverifiedBusiness } from './accounts.js';

/** One of the staff of a business, signed in. */
export interface TestMember {
  /** `mem_…` */
  id: string;
  api: GraphQLClient;
}

/** A further member of a business. */
export async function aMember(
  platform: TestPlatform,
  business: UnverifiedBusiness,
  role: 'ADMIN' | 'AGENT' | 'ANALYST',
): Promise<TestMember> {
  const [id, email] = [uuid7(Date.now()), anEmail()];
  await platform.database.sql(
    `INSERT INTO member (id, business_id, email, name, role, created_at)
      SELECT $1, business_id, $2, $3, $4, now() FROM member WHERE email = $5`,
    [id, email, `The ${role}`, role, business.ownerEmail],
  );
  await platform
    .business()
    .do(`mutation ($email: String!) { requestSignInCode(input: { email: $email }) { __typename } }`, {
      email,
    });
  const { token } = await signIn(platform, email);
  return { id: publicId('mem', id), api: platform.business(token) };
}

const CONVERSATION = `state unread notes lastWroteAt readAt readBy closedAt closedBy contact { id externalId }
  assignee { id role }`;

/** What an operation on a conversation was answered. */
export async function inConversation(
  business: GraphQLClient,
  operation: string,
  input: Record<string, unknown>,
): Promise<any> {
  const type = `${operation[0]!.toUpperCase()}${operation.slice(1)}Input`;
  const inputType = OWN_INPUT.has(operation) ? type : 'ConversationInput';
  const data = await business.do(
    `mutation ($input: ${inputType}!) { ${operation}(input: $input) { __typename
      ... on ConversationPayload { changed conversation { ${CONVERSATION} } }
      ... on Refusal { reason message retryAt } } }`,
    { input },
  );
  return data[operation];
}

const OWN_INPUT = new Set(['assignConversation', 'deleteConversationNote']);

/** A page of the inbox of a business. */
export async function conversationsOf(
  business: GraphQLClient,
  filter: Record<string, unknown> = {},
  page: { first?: number; after?: string | null } = {},
): Promise<any> {
  const { conversations } = await business.do(
    `query ($filter: ConversationFilter, $first: Int!, $after: String) {
      conversations(filter: $filter, first: $first, after: $after) {
        nodes { ${CONVERSATION} } pageInfo { hasNextPage endCursor } } }`,
    { filter, first: 20, ...page },
  );
  return conversations;
}

/** The conversation with one contact, as its staff have it. */
export async function conversationWith(business: GraphQLClient, contact: string): Promise<any> {
  const { conversation } = await business.do(
    `query ($contact: ID!) { conversation(contact: $contact) { ${CONVERSATION} } }`,
    { contact },
  );
  return conversation;
}

let notes = 0;

/** Writes a note. */
export async function note(
  business: GraphQLClient,
  contact: string,
  text: string,
  idempotencyKey = `note-${++notes}`,
): Promise<any> {
  const { addConversationNote } = await business.do(
    `mutation ($input: AddConversationNoteInput!) { addConversationNote(input: $input) { __typename
      ... on AddConversationNotePayload { replayed note { id by at text } }
      ... on Refusal { reason message } } }`,
    { input: { contact, text, idempotencyKey } },
  );
  return addConversationNote;
}

/** Notes on a conversation, newest first. */
export async function notesOn(
  business: GraphQLClient,
  contact: string,
  page: { first?: number; after?: string } = {},
): Promise<any> {
  const { conversationNotes } = await business.do(
    `query ($contact: ID!, $first: Int!, $after: String) {
      conversationNotes(contact: $contact, first: $first, after: $after) {
        nodes { id by at text } pageInfo { hasNextPage endCursor } } }`,
    { contact, first: 100, ...page },
  );
  return conversationNotes;
}
