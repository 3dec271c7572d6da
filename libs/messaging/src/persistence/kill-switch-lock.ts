import type { Statement } from '@assent/platform';

/** Names the lock that decisions about messages share, and that a change of a kill switch has for itself. */
const LOCK = `hashtext('assent_decisions')`;

/**
 * A condition of the statement with which a decision takes its locks, before all of them: holds the lock that decisions share until
 * the end of the transaction. What a later statement reads of kill switches is then true until then. A lock in memory, not of
 * a row: sharing a row would write it in every transaction. Whoever waits to have it alone is not passed by newcomers.
 */
export const DECIDING = `(SELECT true FROM pg_advisory_xact_lock_shared(${LOCK}))`;

/** The same by itself, for a decision whose locks are taken elsewhere: before these. */
export const BEGIN_DECIDING: Statement = { name: 'begin-deciding', text: `SELECT ${DECIDING}` };

/** Waits for all decisions under way to have committed, and lets no new one begin before this transaction has. */
export const DECIDE_ALONE: Statement = { text: `SELECT pg_advisory_xact_lock(${LOCK})` };
