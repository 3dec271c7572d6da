import { createHash, randomUUID } from 'node:crypto';
import type { GraphQLClient } from '../graphql-client.js';

/** The answer for one opt-in. */
export interface ImportResult {
  correlationId: string;
  outcome: 'IMPORTED' | 'ALREADY' | 'REFUSED';
  reason: string | null;
  message: string | null;
  replayed: boolean;
}

/** The answer of importConsents. */
export interface ImportAnswer {
  __typename: 'ImportConsentsPayload' | 'ImportingNotAllowed';
  results?: ImportResult[];
  reason?: string;
}

/** The operation, for clients that want to see more than its data. */
export const IMPORT_CONSENTS = `mutation ($input: ImportConsentsInput!) { importConsents(input: $input) {
  __typename
  ... on ImportConsentsPayload { results { correlationId outcome reason message replayed } }
  ... on Refusal { reason message }
} }`;

/** Hash of a wording. */
export const wordingHash = (wording = 'I want offers.') => createHash('sha256').update(wording).digest('hex');

/** An opt-in to marketing of a contact, an hour ago, under a correlation id of its own. */
export function anOptIn(contact: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    correlationId: randomUUID(),
    contact: { id: contact },
    purpose: 'MARKETING',
    givenAt: new Date(Date.now() - 3_600_000).toISOString(),
    evidence: { kind: 'DOUBLE_OPT_IN', wordingHash: wordingHash(), reference: 'form-7' },
    ...changes,
  };
}

/** Brings in opt-ins. */
export async function importAll(
  business: GraphQLClient,
  items: Record<string, unknown>[],
): Promise<ImportResult[]> {
  const { importConsents } = await business.do<{ importConsents: ImportAnswer }>(IMPORT_CONSENTS, {
    input: { items },
  });
  if (!importConsents.results) throw new Error(`The import was refused: ${importConsents.reason ?? ''}`);
  return importConsents.results;
}

/** What became of opt-ins, shortly: the reason of a refusal, else the outcome. */
export async function outcomesOfImport(
  business: GraphQLClient,
  items: Record<string, unknown>[],
): Promise<string[]> {
  return (await importAll(business, items)).map(({ outcome, reason }) => reason ?? outcome);
}
