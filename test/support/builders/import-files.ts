import { parse } from 'csv-parse/sync';
import type { GraphQLClient } from '../graphql-client.js';
import type { TestPlatform } from '../platform.js';
import { wordingHash } from './imports.js';

/** The first row of a file. */
export const HEADER =
  'correlation_id,contact,external_id,purpose,given_at,evidence_kind,wording_hash,evidence_reference';

let rows = 0;

/** A row with an opt-in to marketing; its fields stand as they are given. */
export function rowOf(contact: string, changes: Record<string, string> = {}): string {
  const row: Record<string, string> = {
    correlation_id: `row-${++rows}`,
    contact,
    purpose: 'MARKETING',
    given_at: '2026-05-04T03:02:01Z',
    evidence_kind: 'DOUBLE_OPT_IN',
    wording_hash: wordingHash(),
    ...changes,
  };
  if (row['correlation_id']?.includes(', ')) {
    row['correlation_id'] = `"${row['correlation_id'].replaceAll('"', '""')}"`;
  }
  return HEADER.split(',')
    .map((column) => row[column] ?? '')
    .join(',');
}

/** A whole file. */
export const aFile = (lines: string[]) => [HEADER, ...lines, ''].join('\r\n');

/** Uploads a file. */
export function upload(
  { url }: Pick<TestPlatform, 'url'>,
  token: string,
  body: string,
  type = 'text/csv',
): Promise<Response> {
  return fetch(`${url}/business/consent-imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body,
  });
}

/** Uploads a file that is taken. @returns its id */
export async function uploaded(platform: TestPlatform, token: string, body: string): Promise<string> {
  const response = await upload(platform, token, body);
  const { id } = (await response.json()) as { id: string };
  if (response.status !== 202) throw new Error(`The file was refused: ${response.status}`);
  return id;
}

/** A file as its business reads of it. */
export async function importOf(business: GraphQLClient, id: string) {
  const { consentImport } = await business.do(
    `query ($id: ID!) { consentImport(id: $id) {
      id status rowsDone rowsTotal bytesDone bytesTotal failure counts { outcome reason rows }
    } }`,
    { id },
  );
  return consentImport;
}

/** Cancels a file. */
export async function cancelImport(business: GraphQLClient, id: string) {
  const { cancelConsentImport } = await business.do(
    `mutation ($id: ID!) { cancelConsentImport(input: { id: $id }) {
      ... on CancelConsentImportPayload { consentImport { status } } ... on Refusal { reason }
    } }`,
    { id },
  );
  return cancelConsentImport;
}

/** The results of a file, header included. */
export async function resultsOf(
  { url }: Pick<TestPlatform, 'url'>,
  token: string,
  id: string,
): Promise<string[][]> {
  const response = await fetch(`${url}/business/consent-imports/${id}/results`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(`No results: ${response.status}`);
  return parse(await response.text());
}
