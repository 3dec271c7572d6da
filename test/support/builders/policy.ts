import type { GraphQLClient } from '../graphql-client.js';

/** One rule of a row. */
export interface TestRule {
  purpose: string;
  basis: 'OPT_IN' | 'OPT_OUT';
  validDays?: number | null;
  evidence?: string[];
  quietHours?: { from: string; to: string } | null;
}

/** One row of a policy. */
export interface TestRow {
  country: string;
  purposes: TestRule[];
}

/** A version, or a refusal, as an admin reads it. */
export interface PublishResult {
  __typename: 'PublishConsentPolicyPayload' | 'ConsentPolicyRefused';
  policy?: { version: number; effectiveAt: string; inForce: boolean };
  reason?: string;
  message?: string;
}

/** The operation, for clients that want to see more than its data. */
export const PUBLISH_POLICY = `mutation ($input: PublishConsentPolicyInput!) { publishConsentPolicy(input: $input) {
  __typename
  ... on PublishConsentPolicyPayload { policy { version effectiveAt inForce } }
  ... on Refusal { reason message retryAt }
} }`;

/** The row of every other country, as the built-in policy has it but for imports and quiet hours: it has neither. */
export const EVERY_OTHER: TestRow = {
  country: '*',
  purposes: [
    { purpose: 'AUTHENTICATION', basis: 'OPT_OUT' },
    { purpose: 'SERVICE', basis: 'OPT_OUT' },
    { purpose: 'MARKETING', basis: 'OPT_IN' },
    { purpose: 'MATCHING', basis: 'OPT_OUT' },
    { purpose: 'ADS', basis: 'OPT_IN' },
    { purpose: 'ANALYTICS', basis: 'OPT_IN' },
  ],
};

/** Marketing in the US goes on until a person objects. */
export const US_OPT_OUT: TestRow = { country: 'US', purposes: [{ purpose: 'MARKETING', basis: 'OPT_OUT' }] };

/** The newest version there is. */
export async function newestPolicy(admin: GraphQLClient): Promise<number> {
  const { consentPolicies } = await admin.do('{ consentPolicies(first: 1) { nodes { version } } }');
  return consentPolicies.nodes[0].version;
}

/** Publishes the next version: the built-in row for every other country, and these. */
export async function publishPolicy(
  admin: GraphQLClient,
  rows: TestRow[],
  changes: Record<string, unknown> = {},
): Promise<PublishResult> {
  const input = {
    replaces: await newestPolicy(admin),
    note: 'As the test wants it.',
    rows: [EVERY_OTHER, ...rows],
    ...changes,
  };
  return (await admin.do<{ publishConsentPolicy: PublishResult }>(PUBLISH_POLICY, { input }))
    .publishConsentPolicy;
}

/** From now on nothing waits for quiet hours of the policy, whatever the time of the run. */
export async function withoutQuietHours(admin: GraphQLClient): Promise<void> {
  await publishPolicy(admin, []);
}
