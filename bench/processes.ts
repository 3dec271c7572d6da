/** Processes of the built platform, and what they take of the machine; Linux for the latter. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export type Environment = Readonly<Record<string, string>>;

export class PlatformProcess {
  /** Where it listens; for the worker its health check. */
  readonly url: string;
  /** Milliseconds from its start until it was ready. */
  readonly startedIn: number;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, url: string, startedIn: number) {
    this.child = child;
    this.url = url;
    this.startedIn = startedIn;
  }

  static async start(
    app: 'api' | 'worker',
    environment: Environment,
    nodeOptions: string[] = [],
  ): Promise<PlatformProcess> {
    const began = performance.now();
    const port = await freePort();
    const child = spawn(process.execPath, [...nodeOptions, `dist/apps/${app}/src/main.js`], {
      env: { ...environment, PORT: String(port) },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const url = `http://127.0.0.1:${port}`;
    try {
      await ready(url, child);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
    return new PlatformProcess(child, url, performance.now() - began);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resident memory in MB: now, and the most that there ever was. */
  memory(): { now: number; most: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    const megabytes = (name: string) =>
      Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? NaN) / 1_024;
    return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1_800 && child.exitCode === null; tries++) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(50);
  }
  throw new Error('A process of the platform was not ready within 90 s');
}
