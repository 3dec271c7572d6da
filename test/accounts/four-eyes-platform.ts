import { afterAll, beforeAll, expect } from '@jest/globals';
import { parsePublicId } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { someAdmins, type TestProposal } from '../support/builders/admins.js';
import { setTier } from '../support/builders/limits.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

export const HOUR_MS = 3_600_000;

export let platform: TestPlatform;
export let business: TestBusiness;
export let first: GraphQLClient;
export let others: Record<'OWNER' | 'REVIEWER' | 'POLICY' | 'SUPPORT', GraphQLClient>;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  business = await aBusiness(platform);
  first = platform.admin();
});
afterAll(() => platform.stop());

/** From here on there are more admins than the first. */
export async function addOthers(): Promise<void> {
  others = await someAdmins(platform, ['OWNER', 'REVIEWER', 'POLICY', 'SUPPORT']);
}

export const tierOf = async () => {
  const [row] = await platform.database.sql<{ tier: string }>(
    'SELECT reach_tier AS tier FROM business WHERE id = $1',
    [parsePublicId('biz', business.id)],
  );
  return row!.tier;
};

/** What the audit log has of an act, newest first. */
export async function actsOf(name: string): Promise<any[]> {
  const { auditLog } = await first.do(
    `query ($name: String) { auditLog(filter: { act: $name }, first: 100) {
      nodes { actor outcome refusal reason subjects details { name values } } } }`,
    { name },
  );
  return auditLog.nodes.map((act: any) => ({
    ...act,
    details: Object.fromEntries(act.details.map(({ name: field, values }: any) => [field, values])),
  }));
}

/** Proposes a higher tier, as the first admin. */
export async function proposed(tier: string): Promise<TestProposal> {
  const outcome = (await setTier(platform, business, tier)) as { reason?: string; proposal?: TestProposal };
  expect(outcome.reason).toBe('APPROVAL_NEEDED');
  return outcome.proposal!;
}
