import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** One line for the operator's eyes: what a carrier would have delivered if one were configured. */
export interface ConsoleLine {
  kind: 'sign-in code' | 'phone code' | 'notice';
  to: string;
  /** The code; of a notice, its subject. */
  code: string;
}

/**
 * The server's console, where codes go while no mail server and no SMS carrier is configured. Also kept in a file that
 * only the owner can read, for programs that play the operator, such as the demo. It is not a log: logs hold no codes.
 */
export class OperatorConsole {
  constructor(
    private readonly path: string | undefined,
    private readonly print: (line: string) => void,
  ) {
    if (path) mkdirSync(dirname(path), { recursive: true });
  }

  write(line: ConsoleLine): void {
    this.print(`${line.kind} for ${line.to}: ${line.code}`);
    if (this.path) appendFileSync(this.path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }
}
