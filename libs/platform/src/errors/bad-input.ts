import type { z } from 'zod';

/** One thing that is wrong with an input. */
export interface Fault {
  /** Path of the field in the operation's arguments, e.g. `input.messages[3].text`. */
  field: string;
  /** What the field must be. */
  rule: string;
}

const MOST_FAULTS = 20;

/** The caller's input breaks a rule; nothing was done. Answered with code BAD_INPUT and the faults. */
export class BadInputError extends Error {
  readonly faults: Fault[];

  constructor(faults: Fault[]) {
    const [first] = faults;
    super(first ? `${first.field} ${first.rule}` : 'The input is not valid');
    this.faults = faults.slice(0, MOST_FAULTS);
  }
}

/**
 * The input as its schema wants it.
 *
 * Rules are written as what the field must be ("must have 1 to 120 characters"); values never stand in a message.
 * @throws BadInputError naming every field and rule, up to 20
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  root = 'input',
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new BadInputError(
    result.error.issues.map((issue) => ({
      field: issue.path.reduce<string>(
        (path, part) => (typeof part === 'number' ? `${path}[${part}]` : `${path}.${String(part)}`),
        root,
      ),
      rule: issue.message,
    })),
  );
}
