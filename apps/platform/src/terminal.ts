const FRAME_MS = 200;
const NAME_WIDTH = 12;
const TIME_WIDTH = 8;

/** The operator's terminal: plain lines, and on a real terminal a clock that runs while something takes long. */
export class Terminal {
  private progress: { name: string; since: number; timer: NodeJS.Timeout } | undefined;

  constructor(private readonly out: NodeJS.WriteStream = process.stdout) {}

  /** Prints a line. */
  line(text = ''): void {
    if (this.progress) this.out.write('\r\u001b[2K');
    this.out.write(`${text}\n`);
    this.draw();
  }

  /** Says on standard error why it does not go on. */
  failure(text: string): void {
    this.end();
    process.stderr.write(`\n${text}\n`);
  }

  /** Runs one step of a start, and prints its name, its time, and what came of it. */
  async step<Result>(
    name: string,
    work: () => Promise<Result>,
    outcome: (result: Result) => string,
  ): Promise<Result> {
    const since = performance.now();
    if (this.out.isTTY) {
      this.progress = { name, since, timer: setInterval(() => this.draw(), FRAME_MS) };
    }
    try {
      const result = await work();
      this.end();
      this.line(row(name, elapsed(since), outcome(result)));
      return result;
    } finally {
      this.end();
    }
  }

  /** Prints something about the step under way. */
  note(text: string): void {
    this.line(row('', '', text));
  }

  private draw(): void {
    if (this.progress) {
      const { name, since } = this.progress;
      this.out.write(`\r\u001b[2K${row(name, elapsed(since), '…')}`);
    }
  }

  private end(): void {
    if (!this.progress) return;
    clearInterval(this.progress.timer);
    this.progress = undefined;
    this.out.write('\r\u001b[2K');
  }
}

function row(name: string, time: string, text: string): string {
  return `  ${name.padEnd(NAME_WIDTH)}${time.padStart(TIME_WIDTH)}   ${text}`.trimEnd();
}

function elapsed(since: number): string {
  return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
}
