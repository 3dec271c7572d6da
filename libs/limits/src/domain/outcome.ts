/** How a conversation stands: each counts once, by the reaction that weighs most. */
export const Outcome = {
  SILENT: 'SILENT',
  READ: 'READ',
  REPLIED: 'REPLIED',
  STOPPED: 'STOPPED',
  BLOCKED: 'BLOCKED',
  REPORTED: 'REPORTED',
  UPHELD: 'UPHELD',
} as const;
export type Outcome = keyof typeof Outcome;

/** How many conversations stand how; not weighted. */
export type Counts = Record<Outcome, number>;

/** What an outcome says for a business and what against it. One says either. */
export interface Weight {
  good: number;
  bad: number;
}

/**
 * What each outcome of a conversation counts. In proportion to what mailbox providers ask of senders: with one report
 * in 1,000 people a sender is well, with three it is not (Google's and Yahoo's rules for senders, 2024).
 */
export const OUTCOME_WEIGHTS: Readonly<Record<Outcome, Weight>> = {
  SILENT: { good: 0.5, bad: 0 },
  READ: { good: 1, bad: 0 },
  REPLIED: { good: 2, bad: 0 },
  STOPPED: { good: 0, bad: 3 },
  BLOCKED: { good: 0, bad: 6 },
  REPORTED: { good: 0, bad: 10 },
  UPHELD: { good: 0, bad: 20 },
};
