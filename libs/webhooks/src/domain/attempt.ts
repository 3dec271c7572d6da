/** Why nobody took an event: a stable name, without anything that the other side wrote. */
export type AttemptFailure =
  | 'BAD_STATUS'
  | 'CONNECTION_FAILED'
  | 'GONE'
  | 'NAME_NOT_FOUND'
  | 'NOT_HTTP'
  | 'PRIVATE_ADDRESS'
  | 'REDIRECTED'
  | 'TIMED_OUT'
  | 'TLS_FAILED';

/** What became of posting an event once. */
export interface Answer {
  /** HTTP status; null where none came. */
  statusCode: number | null;
  /** Null: it was taken. */
  failure: AttemptFailure | null;
  /** For how long the receiver asked to be left alone. */
  retryAfterMs: number | null;
  durationMs: number;
}

/** What a status says: any of 2xx is a receipt. */
export function failureOf(statusCode: number): AttemptFailure | null {
  if (statusCode >= 200 && statusCode < 300) return null;
  if (statusCode >= 300 && statusCode < 400) return 'REDIRECTED';
  return statusCode === 410 ? 'GONE' : 'BAD_STATUS';
}
