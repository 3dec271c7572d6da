import type { GraphQLClient } from '../graphql-client.js';

/** A customer as a business sends it. */
export interface TestCustomer {
  externalId: string;
  phone: string;
  country?: string | null;
}

/** The answer of matchContacts. */
export interface MatchResult {
  __typename: 'MatchContactsPayload' | 'MatchBudgetExhausted' | 'MatchingNotAllowed';
  results?: { externalId: string; outcome: string }[];
  reason?: string;
  message?: string;
  retryAt?: string | null;
  dailyLimit?: number;
  monthlyLimit?: number;
}

/** A contact as its business reads it. */
export interface TestContact {
  id: string;
  externalId: string | null;
  createdAt: string;
  consent: { purpose: string; allowed: boolean; rule: string; since: string | null }[];
}

/** The operation, for clients that want to see more than its data. */
export const MATCH_CONTACTS = `mutation ($input: MatchContactsInput!) { matchContacts(input: $input) {
  __typename
  ... on MatchContactsPayload { results { externalId outcome } }
  ... on Refusal { reason message retryAt }
  ... on MatchBudgetExhausted { dailyLimit monthlyLimit }
} }`;

const CONTACT = 'id externalId createdAt consent { purpose allowed rule since }';

let customers = 0;

/** Customers with these numbers, each under an external id of its own. */
export function customersWith(phones: readonly string[]): TestCustomer[] {
  return phones.map((phone) => ({ externalId: `C-${++customers}`, phone }));
}

/** Matches customers. */
export async function match(
  business: GraphQLClient,
  list: readonly TestCustomer[],
  country?: string,
): Promise<MatchResult> {
  const { matchContacts } = await business.do<{ matchContacts: MatchResult }>(MATCH_CONTACTS, {
    input: { customers: list, country },
  });
  return matchContacts;
}

/** What became of each customer of a call, in order. */
export async function outcomesOf(
  business: GraphQLClient,
  list: readonly TestCustomer[],
  country?: string,
): Promise<string[]> {
  const result = await match(business, list, country);
  if (!result.results) throw new Error(`The call was refused: ${result.reason ?? ''}`);
  return result.results.map(({ outcome }) => outcome);
}

/** All contacts of a business, oldest first, read in pages. */
export async function contactsOf(business: GraphQLClient, first = 100): Promise<TestContact[]> {
  const all: TestContact[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { contacts }: { contacts: any } = await business.do(
      `query ($first: Int!, $after: String) { contacts(first: $first, after: $after) {
        nodes { ${CONTACT} } pageInfo { hasNextPage endCursor } } }`,
      { first, after },
    );
    all.push(...(contacts.nodes as TestContact[]));
    after = contacts.pageInfo.endCursor;
    more = contacts.pageInfo.hasNextPage;
  }
  return all;
}

/** One contact, by id or external id; null where there is none. */
export async function contactBy(
  business: GraphQLClient,
  by: { id: string } | { externalId: string },
): Promise<TestContact | null> {
  const { contact } = await business.do<{ contact: TestContact | null }>(
    `query ($by: ContactBy!) { contact(by: $by) { ${CONTACT} } }`,
    { by },
  );
  return contact;
}
