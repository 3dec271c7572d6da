/** What an endpoint is: gets events, was paused by its business, or was disabled by the platform. */
export const WebhookStatus = { ENABLED: 'ENABLED', PAUSED: 'PAUSED', DISABLED: 'DISABLED' } as const;
export type WebhookStatus = keyof typeof WebhookStatus;

/** Why an endpoint was disabled: it failed for five days on end, or it answered that it is gone (410). */
export const DisabledBecause = { FAILING: 'FAILING', GONE: 'GONE' } as const;
export type DisabledBecause = keyof typeof DisabledBecause;

/** Where a business wants events to be posted, without the secret. */
export interface WebhookEndpoint {
  id: string;
  businessId: string;
  url: string;
  description: string;
  types: string[];
  status: WebhookStatus;
  disabledBecause: DisabledBecause | null;
  disabledAt: Date | null;
  /** Until when what is posted is signed with the secret before as well. */
  previousUntil: Date | null;
  createdBy: string;
  createdAt: Date;
  /** Attempts that failed since the last one that did not. */
  failures: number;
  failingSince: Date | null;
  /** Until then it is left alone. */
  resumeAt: Date | null;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  /** Deliveries under way or to be tried again. */
  open: number;
}

/** Most endpoints of a business. */
export const MOST_ENDPOINTS = 10;
/** Most past ranges of events that are being brought to an endpoint at a time. */
export const MOST_RANGES = 5;
/** An endpoint has at most so many deliveries open; further events wait where they are stored, and none is lost. */
export const MOST_OPEN = 1_000;
/** For so long past events can be read, and delivered again. */
export const REPLAY_DAYS = 30;
