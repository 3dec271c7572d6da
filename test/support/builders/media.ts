import { createHash } from 'node:crypto';
import type { GraphQLClient } from '../graphql-client.js';

/** The smallest thing that begins as a PNG does, and is unlike any other. */
export function aPicture(words = 'a picture'): Buffer {
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(words)]);
}

/** An upload that may begin. */
export interface TestUpload {
  id: string;
  url: string;
  headers: Record<string, string>;
}

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A business or a person asks for an upload. */
export async function createUpload(
  owner: GraphQLClient,
  bytes: Buffer,
  changes: Record<string, unknown> = {},
  key: string | null = null,
): Promise<any> {
  return owner.raw(
    `mutation ($input: CreateMediaUploadInput!, $key: String) { createMediaUpload(input: $input, idempotencyKey: $key) {
      __typename
      ... on CreateMediaUploadPayload { id url headers { name value } expiresAt }
      ... on Refusal { reason retryAt }
    } }`,
    { input: { type: 'image/png', bytes: bytes.length, sha256: sha256(bytes), ...changes }, key },
  );
}

/** Makes room for some bytes. `at` is where the platform of the test listens, where the store is its own. */
export async function anUpload(
  owner: GraphQLClient,
  bytes: Buffer,
  at?: string,
  changes: Record<string, unknown> = {},
): Promise<TestUpload> {
  const { createMediaUpload: made } = (await createUpload(owner, bytes, changes)).data;
  const headers = made.headers.map(({ name, value }: { name: string; value: string }) => [name, value]);
  return { id: made.id, url: at ? from(at, made.url) : made.url, headers: Object.fromEntries(headers) };
}

/** Uploads bytes. @returns the status of the answer */
export async function put({ url, headers }: TestUpload, body: Buffer): Promise<number> {
  return (await fetch(url, { method: 'PUT', headers, body: new Uint8Array(body) })).status;
}

/** Says that an upload is done. */
export async function complete(owner: GraphQLClient, id: string): Promise<any> {
  const { completeMediaUpload } = await owner.do(
    `mutation ($id: ID!) { completeMediaUpload(input: { id: $id }) {
      __typename ... on CompleteMediaUploadPayload { id expiresAt } ... on Refusal { reason }
    } }`,
    { id },
  );
  return completeMediaUpload;
}

/** A file that can be sent. @returns its id */
export async function aMedium(owner: GraphQLClient, bytes: Buffer, at?: string): Promise<string> {
  const upload = await anUpload(owner, bytes, at);
  await put(upload, bytes);
  return (await complete(owner, upload.id)).id;
}

/** The same URL at another address: a test platform listens where it was free. */
export function from(origin: string, url: string): string {
  const { pathname, search } = new URL(url);
  return `${origin}${pathname}${search}`;
}
