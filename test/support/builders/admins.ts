import type { GraphQLClient } from '../graphql-client.js';
import type { TestPlatform } from '../platform.js';
import { anEmail } from './accounts.js';

/** What an operation about admins answered. */
export interface AdminOutcome {
  admin?: { id: string; name: string; role: string; email: string | null; removedAt: string | null };
  reason?: string;
  /** What waits for another admin. */
  proposal?: TestProposal;
}

/** What one admin asked for, as others read it. */
export interface TestProposal {
  id: string;
  operation: string;
  input: string;
  subjects: string[];
  reason: string | null;
  proposedBy: string;
  proposedAt: string;
  expiresAt: string;
  state: string;
  decidedBy: string | null;
  note: string | null;
}

export const PROPOSAL =
  'id operation input subjects reason proposedBy proposedAt expiresAt state decidedBy note';
/** What is asked of an answer that may be a proposal. */
export const HELD = `... on ApprovalNeeded { proposal { ${PROPOSAL} } }`;
const OUTCOME = `__typename ... on AdminPayload { admin { id name role email removedAt } } ... on Refusal { reason } ${HELD}`;

/** Adds an admin, by default as the first one. */
export async function addAdmin(
  platform: TestPlatform,
  role: string,
  changes: { email?: string; name?: string } = {},
  by: GraphQLClient = platform.admin(),
): Promise<AdminOutcome> {
  const input = { email: anEmail(), name: `The ${role}`, role, ...changes };
  const { addAdmin: outcome } = await by.do(
    `mutation ($input: AddAdminInput!) { addAdmin(input: $input) { ${OUTCOME} } }`,
    { input },
  );
  return outcome;
}

export async function setAdminRole(by: GraphQLClient, admin: string, role: string): Promise<AdminOutcome> {
  const { setAdminRole: outcome } = await by.do(
    `mutation ($input: SetAdminRoleInput!) { setAdminRole(input: $input) { ${OUTCOME} } }`,
    { input: { admin, role } },
  );
  return outcome;
}

export async function removeAdmin(by: GraphQLClient, admin: string): Promise<AdminOutcome> {
  const { removeAdmin: outcome } = await by.do(
    `mutation ($input: RemoveAdminInput!) { removeAdmin(input: $input) { ${OUTCOME} } }`,
    { input: { admin } },
  );
  return outcome;
}

/** Signs an admin in with the newest code that was sent to them. */
export async function signInAdmin(platform: TestPlatform, email: string): Promise<GraphQLClient> {
  const { signInAdmin: session } = await platform.admin('').do(
    `mutation ($input: SignInAdminInput!) { signInAdmin(input: $input) {
      ... on SignInAdminPayload { token } ... on Refusal { reason } } }`,
    { input: { email, code: platform.code(email) } },
  );
  if (!session.token) throw new Error(`Signing in was refused: ${session.reason}`);
  return platform.admin(session.token);
}

/**
 * Admins of these roles, one of each, signed in: by role. All are added before the first one signs in, since from then on there are
 * four eyes.
 */
export async function someAdmins<Role extends string>(
  platform: TestPlatform,
  roles: readonly Role[],
): Promise<Record<Role, GraphQLClient>> {
  const emails: [Role, string][] = [];
  for (const role of roles) {
    const email = anEmail();
    const { reason } = await addAdmin(platform, role, { email });
    if (reason) throw new Error(`Adding an admin was refused: ${reason}`);
    emails.push([role, email]);
  }
  const clients: [Role, GraphQLClient][] = [];
  for (const [role, email] of emails) clients.push([role, await signInAdmin(platform, email)]);
  return Object.fromEntries(clients) as Record<Role, GraphQLClient>;
}

/** `adm_…` of whose session it is. */
export async function idOfAdmin(client: GraphQLClient): Promise<string> {
  return (await client.do('{ admin { id } }')).admin.id;
}

/** Decides on a proposal with the session of an admin. */
export async function approve(
  admin: GraphQLClient,
  proposal: string,
): Promise<{ proposal?: TestProposal; reason?: string }> {
  const { approveProposal } = await admin.do(
    `mutation ($input: ApproveProposalInput!) { approveProposal(input: $input) {
      ... on ProposalPayload { proposal { ${PROPOSAL} } } ... on Refusal { reason } } }`,
    { input: { proposal } },
  );
  return approveProposal;
}

export async function reject(
  admin: GraphQLClient,
  proposal: string,
  reason = 'No.',
): Promise<{ proposal?: TestProposal; reason?: string }> {
  const { rejectProposal } = await admin.do(
    `mutation ($input: RejectProposalInput!) { rejectProposal(input: $input) {
      ... on ProposalPayload { proposal { ${PROPOSAL} } } ... on Refusal { reason } } }`,
    { input: { proposal, reason } },
  );
  return rejectProposal;
}

/** The newest proposals, of a state where one is named. */
export async function proposals(admin: GraphQLClient, state?: string): Promise<TestProposal[]> {
  const { proposals: page } = await admin.do(
    `query ($state: ProposalState) { proposals(state: $state, first: 100) { nodes { ${PROPOSAL} } } }`,
    { state },
  );
  return page.nodes;
}
