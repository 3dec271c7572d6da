import type { GraphQLClient } from '../graphql-client.js';
import type { TestPlatform } from '../platform.js';
import type { TestPerson } from './people.js';

let writings = 0;

/** The answer of writeToBusiness. */
export interface WriteResult {
  __typename: 'WriteToBusinessPayload' | 'MessageNotWritten';
  id?: string;
  writtenAt?: string;
  reason?: string;
  message?: string;
  retryAt?: string | null;
  replayed: boolean;
  understood: string | null;
  consent: { scope: string; purpose: string | null; standing: string } | null;
  help: string | null;
}

/** A person writes to a business. */
export async function write(
  person: GraphQLClient,
  business: string,
  text: string | null,
  idempotencyKey = `write-${++writings}`,
  media: { id: string; name?: string | null } | null = null,
): Promise<WriteResult> {
  const { writeToBusiness } = await person.do<{ writeToBusiness: WriteResult }>(
    `mutation ($input: WriteToBusinessInput!) { writeToBusiness(input: $input) {
      __typename
      ... on WriteToBusinessPayload { id writtenAt replayed }
      ... on MessageNotWritten { reason message retryAt replayed }
      ... on HeedsWords { understood help consent { scope purpose standing } }
    } }`,
    { input: { business, text, media, idempotencyKey } },
  );
  return writeToBusiness;
}

/** A person's conversation with a business; `args` for its page, such as `, first: 2`. */
export async function conversationOf({ api }: TestPerson, business: string, args = ''): Promise<any> {
  const { conversation } = await api.do(
    `query ($of: ID!) { conversation(business: $of ${args}) {
      nodes { id fromYou text purpose status readAt } pageInfo { hasNextPage endCursor } } }`,
    { of: business },
  );
  return conversation;
}

/** A business's messages with a contact, newest first. */
export async function messagesWith(business: GraphQLClient, contact: string): Promise<any[]> {
  const { messages } = await business.do(
    `query ($contact: ID!) { messages(first: 100, contact: $contact) {
      nodes { id direction text purpose status reason idempotencyKey readAt contact { id externalId } } } }`,
    { contact },
  );
  return messages.nodes;
}

/** Keeps what is sent to the newest contact in the queue, as if a worker had claimed it, until `release`. */
export async function holdNewest({ database }: TestPlatform): Promise<{ release: () => Promise<unknown> }> {
  await database.sql(
    `INSERT INTO conversation_queue (lane, person_id, contact_id, business_id, next_seq, since_id, due_at, priority, lease_until)
      SELECT lane, person_id, id, business_id, 1, id, now(), 'SERVICE', now() + interval '1 day' FROM contact ORDER BY id DESC LIMIT 1`,
  );
  return { release: () => database.sql('UPDATE conversation_queue SET lease_until = NULL') };
}
