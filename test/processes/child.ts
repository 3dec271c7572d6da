import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';

/** Our own settings only: those of the test run (DATABASE_URL, say) are none of a child's business. */
function environment(settings: Record<string, string>): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), ...settings };
}

/** A program under test, in a process group of its own, as a shell starts it. */
export class Child {
  /** What it wrote so far. */
  output = '';
  private readonly heard = new EventEmitter().setMaxListeners(0);
  private readonly ended: Promise<number | string>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        this.heard.emit('text');
      });
    }
    this.ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  }

  static start(command: string, args: string[], settings: Record<string, string>): Child {
    return new Child(
      spawn(command, args, {
        env: environment(settings),
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  /** The built program of that path below apps/. */
  static app(program: string, settings: Record<string, string>, args: string[] = []): Child {
    return Child.start(process.execPath, [`dist/apps/${program}.js`, ...args], settings);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Signals the whole process group, as a terminal does. */
  signal(name: NodeJS.Signals): void {
    if (this.running) process.kill(-this.pid, name);
  }

  /** The exit code, or the signal that ended it; its output is complete then. */
  exit(): Promise<number | string> {
    return this.ended;
  }

  /** What a pattern's first group matched, as soon as the output has it; fails when the program ends without. */
  async says(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match) return match[1] ?? match[0];
      const more = once(this.heard, 'text').then(() => undefined);
      const ended = await Promise.race([more, this.ended]);
      if (ended !== undefined && !pattern.test(this.output)) {
        throw new Error(`It ended (${ended}) without saying ${pattern}:\n${this.output}`);
      }
    }
  }
}
