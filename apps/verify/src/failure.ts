/** Where something does not hold. */
export interface Place {
  /** File of an export. */
  file?: string;
  /** Line of the file, from 1. */
  line?: number;
  /** The person's pseudonym. */
  person?: string;
  /** Whose chain of the audit log. */
  chain?: string;
  /** Place in that person's ledger. */
  seq?: number;
}

/** Something that does not hold: what is wrong, and where. */
export class Failure extends Error {
  constructor(
    readonly problem: string,
    readonly place: Place = {},
  ) {
    super([placeText(place), problem].filter(Boolean).join(': '));
  }

  /** The same problem, at a place that is known better further out. */
  at(place: Place): Failure {
    return new Failure(this.problem, { ...place, ...this.place });
  }
}

function placeText({ file, line, person, chain, seq }: Place): string {
  return [
    file ?? '',
    line === undefined ? '' : `line ${line}`,
    person === undefined ? '' : `person ${person}`,
    chain === undefined ? '' : `chain ${chain}`,
    seq === undefined ? '' : `entry ${seq}`,
  ]
    .filter(Boolean)
    .join(', ');
}
