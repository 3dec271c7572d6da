import type { HandOverFailure } from './carrier.js';

/** What a gateway's status says. A request that is wrong in itself would be so again; everything else may pass. */
export function failureOf(statusCode: number): HandOverFailure | null {
  if (statusCode >= 200 && statusCode < 300) return null;
  if (statusCode === 429 || statusCode === 503) return 'BUSY';
  return [400, 404, 410, 413, 422].includes(statusCode) ? 'REFUSED' : 'BAD_ANSWER';
}

const REFERENCE = /^[\x21-\x7e]{1,255}$/;

/** Under which name a gateway will send receipts: what its answer says, else the id that it was given. */
export function referenceOf(body: unknown, id: string): string {
  const reference = typeof body === 'object' && body !== null && 'reference' in body ? body.reference : null;
  return typeof reference === 'string' && REFERENCE.test(reference) ? reference : id;
}
