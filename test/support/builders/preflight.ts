import type { GraphQLClient } from '../graphql-client.js';

/** What a gate says. */
export interface TestObjection {
  outcome: string;
  gate: string;
  reason: string;
  deferredUntil: string | null;
  retryAt: string | null;
}

/** An answer of preflight to one message. */
export interface TestDecision {
  outcome: 'ALLOWED' | 'DEFERRED' | 'REFUSED';
  because: TestObjection | null;
  otherObjections: TestObjection[];
  budgets: {
    name: string;
    limit: number | null;
    used: number;
    remaining: number | null;
    nextFreeAt: string | null;
  }[];
}

const OBJECTION = '{ outcome gate reason deferredUntil retryAt }';

/** The operation, for clients that want to see more than its data. */
export const PREFLIGHT = `query ($input: PreflightInput!) { preflight(input: $input) { at decisions {
  outcome because ${OBJECTION} otherObjections ${OBJECTION} budgets { name limit used remaining nextFreeAt }
} } }`;

/** What sending would answer to messages; their keys are left out. */
export async function preflight(
  business: GraphQLClient,
  messages: Record<string, unknown>[],
  options: { at?: string; order?: 'IN_SEQUENCE' | 'EACH_ALONE' } = {},
): Promise<TestDecision[]> {
  const drafts = messages.map(({ idempotencyKey: _, ...draft }) => draft);
  const answer = await business.do<{ preflight: { decisions: TestDecision[] } }>(PREFLIGHT, {
    input: { messages: drafts, ...options },
  });
  return answer.preflight.decisions;
}
