import type { GraphQLClient } from '../graphql-client.js';
import type { TestPlatform } from '../platform.js';
import { anApiKey } from './accounts.js';
import { anyDrafts } from './any-templates.js';
import { contactBy, match } from './matching.js';

const SCOPES = [
  'account:read',
  'contacts:match',
  'contacts:read',
  'messages:read',
  'messages:send',
  'test-mode:reset',
];

/** The business API by a new test key, made with a member's session. */
export async function inTestMode(platform: TestPlatform, memberToken: string): Promise<GraphQLClient> {
  await anyDrafts(platform, memberToken);
  const { secret } = await anApiKey(platform, memberToken, { mode: 'TEST', scopes: SCOPES });
  return platform.business(secret);
}

/** A test number: by its ending, and by its area code, each of which has its own person behind it. */
export function testNumber(ending: string, areaCode = '202'): string {
  return `+1${areaCode}55501${ending}`;
}

/** Matches a number, under itself as external id. @returns the contact's handle; undefined where it became none */
export async function contactOf(business: GraphQLClient, phone: string): Promise<string | undefined> {
  const { reason } = await match(business, [{ externalId: phone, phone }]);
  if (reason) throw new Error(`Matching was refused: ${reason}`);
  return (await contactBy(business, { externalId: phone }))?.id;
}

/** The same of a number that must become a contact. */
export async function testContact(
  business: GraphQLClient,
  ending: string,
  areaCode?: string,
): Promise<string> {
  const contact = await contactOf(business, testNumber(ending, areaCode));
  if (!contact) throw new Error(`Nobody is behind a number that ends in ${ending}`);
  return contact;
}

/** Begins test mode anew. */
export async function resetTestMode(business: GraphQLClient): Promise<any> {
  const { resetTestMode: result } = await business.do(
    `mutation { resetTestMode {
      __typename ... on ResetTestModePayload { resetAt } ... on Refusal { reason message retryAt }
    } }`,
  );
  return result;
}
