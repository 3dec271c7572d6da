import type { JWTPayload } from 'jose';
import type { GraphQLClient } from '../graphql-client.js';
import type { IdentityProvider } from '../identity-provider.js';
import type { TestPlatform } from '../platform.js';
import type { UnverifiedBusiness } from './accounts.js';

export const CALLBACK = 'https://dashboard.example.com/signed-on';

/** Connects a provider, as the owner whose client it is; what it was answered. */
export async function connect(
  owner: GraphQLClient,
  { issuer, clientId, clientSecret }: Pick<IdentityProvider, 'issuer' | 'clientId' | 'clientSecret'>,
  change: Record<string, unknown> = {},
): Promise<any> {
  const { connectSingleSignOn } = await owner.do(
    `mutation ($input: ConnectSingleSignOnInput!) { connectSingleSignOn(input: $input) { __typename
      ... on ConnectSingleSignOnPayload { singleSignOn {
        issuer clientId redirectUri emailDomains requiredClaim { name value } defaultRole required lastUsedAt } }
      ... on Refusal { reason message retryAt } } }`,
    { input: { issuer, clientId, clientSecret, redirectUri: CALLBACK, ...change } },
  );
  return connectSingleSignOn;
}

export async function disconnect(owner: GraphQLClient): Promise<any> {
  const { disconnectSingleSignOn } = await owner.do(
    `mutation { disconnectSingleSignOn { __typename
      ... on DisconnectSingleSignOnPayload { disconnected } ... on Refusal { reason } } }`,
  );
  return disconnectSingleSignOn;
}

export async function unlink(owner: GraphQLClient, member: string): Promise<any> {
  const { unlinkMember } = await owner.do(
    `mutation ($input: UnlinkMemberInput!) { unlinkMember(input: $input) { __typename
      ... on UnlinkMemberPayload { unlinked } ... on Refusal { reason } } }`,
    { input: { member } },
  );
  return unlinkMember;
}

export async function begin(platform: TestPlatform, business: string): Promise<any> {
  const { beginSingleSignOn } = await platform.business().do(
    `mutation ($input: BeginSingleSignOnInput!) { beginSingleSignOn(input: $input) { __typename
      ... on BeginSingleSignOnPayload { authorizationUrl attempt expiresAt }
      ... on Refusal { reason message retryAt } } }`,
    { input: { business } },
  );
  return beginSingleSignOn;
}

export async function complete(platform: TestPlatform, attempt: string, callbackUrl: string): Promise<any> {
  const { completeSingleSignOn } = await platform.business().do(
    `mutation ($input: CompleteSingleSignOnInput!) { completeSingleSignOn(input: $input) { __typename
      ... on SignInPayload { token expiresAt viewer { business { id } member { id email name role } } }
      ... on Refusal { reason message retryAt } } }`,
    { input: { attempt, callbackUrl } },
  );
  return completeSingleSignOn;
}

/** Signs somebody in at the provider of a business, from the first step to the last. */
export async function signOn(
  platform: TestPlatform,
  { id }: Pick<UnverifiedBusiness, 'id'>,
  provider: IdentityProvider,
  claims: JWTPayload,
): Promise<any> {
  const begun = await begin(platform, id);
  if (begun.reason) return begun;
  return complete(platform, begun.attempt, provider.login(begun.authorizationUrl, claims));
}
