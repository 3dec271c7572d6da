import { NotYet } from './not-yet.js';

/**
 * PostgreSQL: connection, resources, object in use, operator intervention (a shutdown, a timeout), system. But 08P01 is a
 * statement that breaks the protocol, and breaks it again. 25006 is what a former primary answers that only follows by now.
 */
const SQL_STATES = /^(?:(?:08(?!P01)|53|55|57|58)[0-9A-Z]{3}|25006)$/;
/** The operating system's: ECONNREFUSED, EPIPE … */
const OF_SYSTEM = /^E(?!RR_)[A-Z]+$/;
/** What the driver says without a code. */
const OF_DRIVER =
  /^(Connection terminated|Client (was closed|has encountered)|timeout exceeded|Query read timeout)/;

/** Whether a failure is the database's, or of the way to it, and says nothing of what was asked: it passes by itself. */
export function isOutage(error: unknown): boolean {
  if (error instanceof NotYet) return true;
  if (!(error instanceof Error)) return false;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (driverError) return isOutage(driverError);
  if (typeof code === 'string') return SQL_STATES.test(code) || OF_SYSTEM.test(code);
  return OF_DRIVER.test(error.message);
}
