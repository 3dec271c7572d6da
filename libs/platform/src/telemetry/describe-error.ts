/** What a log may hold of an error: PostgreSQL's details, and parameters of statements, may be personal data. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? error : { type: typeof error };
  const { code, constraint, table } = error as { code?: string; constraint?: string; table?: string };
  return { type: error.name, message: error.message, sqlState: code, constraint, table, stack: error.stack };
}

/** What may be told of an error to those who may not read logs: PostgreSQL's code, or what kind of error it is. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
    ? `SQLSTATE ${code}`
    : error.name.slice(0, 60);
}
