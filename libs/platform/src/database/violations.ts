/** PostgreSQL's error code for a unique constraint, with that constraint's name. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const cause = error as {
    code?: string;
    constraint?: string;
    driverError?: { code?: string; constraint?: string };
  };
  const source = cause.driverError ?? cause;
  return source.code === '23505' && (constraint === undefined || source.constraint === constraint);
}
