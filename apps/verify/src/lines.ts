import { isUtf8 } from 'node:buffer';
import { Failure } from './failure.js';

const MOST_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** A line of a file. */
export interface Line {
  text: string;
  /** From 1. */
  number: number;
}

/**
 * The lines of a file, each ended by a newline and by nothing else, in bounded memory.
 * @throws Failure for a line that is too long, not UTF-8, or not ended
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line, void, undefined> {
  let rest = Buffer.alloc(0);
  let number = 0;
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, from)) {
      number += 1;
      yield { text: decode(rest.subarray(from, end), number), number };
      from = end + 1;
    }
    rest = rest.subarray(from);
    if (rest.length > MOST_BYTES) throw new Failure('the line is longer than 1 MB', { line: number + 1 });
  }
  if (rest.length > 0) throw new Failure('the file ends in the middle of a line', { line: number + 1 });
}

function decode(bytes: Buffer, line: number): string {
  // What is not UTF-8 would be read as replacement characters: many different bytes as the same text.
  if (!isUtf8(bytes)) throw new Failure('the line is not UTF-8', { line });
  return bytes.toString('utf8');
}
