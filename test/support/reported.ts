/** What the platforms of this file of tests logged of unexpected errors, by the id that the client is told. */
const lines = new Map<string, string>();
const ID = /"errorId":"([0-9a-f-]{36})"/;

/** Keeps a line of a log where it tells of an unexpected error. */
export function keepReport(line: string): void {
  const id = ID.exec(line)?.[1];
  if (id) lines.set(id, line);
}

/** What was logged of the errors that an answer tells of by their ids, so that a failed test says why. */
export const reportsOf = (answer: string): string[] =>
  [...answer.matchAll(new RegExp(ID, 'g'))].flatMap(([, id = '']) => lines.get(id) ?? []);
