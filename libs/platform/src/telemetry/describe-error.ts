/** What a log may hold of an error: PostgreSQL's details, and parameters of statements, may be personal data. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? error : { type: typeof error };
  const { code, constraint, table } = error as { code?: string; constraint?: string; table?: string };
  return { type: error.name, message: error.message, sqlState: code, constraint, table, stack: error.stack };
}
