import { spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Signals to the server and after how many ms: fast shutdown, immediate shutdown, kill. */
const SHUTDOWN: [number, NodeJS.Signals][] = [
  [25_000, 'SIGKILL'],
  [20_000, 'SIGQUIT'],
  [0, 'SIGINT'],
];

/** Ends every process that works in the data folder, and resolves when none is left. */
export async function endServer(
  data: string,
  found?: (pid: number) => void,
  postmaster = postmasterOf(data),
): Promise<void> {
  const began = performance.now();
  let sent: NodeJS.Signals | undefined;
  for (let left = serverProcesses(data); left[0] !== undefined; left = serverProcesses(data)) {
    const orphans = postmaster === undefined || !left.includes(postmaster);
    if (!sent) found?.(orphans ? left[0] : postmaster);
    // Without their postmaster, backends know only "at once".
    const waited = performance.now() - began + (orphans ? 20_000 : 0);
    const due = SHUTDOWN.find(([after]) => waited >= after)?.[1];
    if (due && due !== sent) {
      sent = due;
      for (const pid of orphans || due === 'SIGKILL' ? left : [postmaster]) signal(pid, due);
    }
    await pause(20);
  }
  // PostgreSQL itself copes with a stale pid file unless the pid now belongs to another process of that user.
  const stale = postmasterOf(data);
  if (stale !== undefined && signal(stale, 0)) fs.rmSync(path.join(data, 'postmaster.pid'));
}

/** The eighth line of postmaster.pid is the server's state; `pg_ctl` waits for it in the same way. */
export function isReady(data: string, pid: number | undefined): boolean {
  const lines = postmasterFile(data);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

/** Resolves, when the child has ended, to how it did. */
export function endOf(child: ChildProcess): Promise<string> {
  return new Promise((settle) => {
    child.once('error', (error) => settle(error.message));
    child.once('close', (code, killedBy) => settle(killedBy ?? `exit code ${code}`));
  });
}

/** Who works in the data folder: a pid alone proves nothing, as it may have been given to another program. */
function serverProcesses(data: string): number[] {
  if (process.platform !== 'linux') {
    const lines = spawnSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' }).stdout.split('\n');
    return lines.filter((line) => line.includes(`postgres -D ${data}`)).map((line) => parseInt(line, 10));
  }
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const works = fs.readlinkSync(`/proc/${pid}/cwd`) === data;
        return works && path.basename(fs.readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres');
      } catch {
        return false; // gone meanwhile, or another user's
      }
    });
}

function postmasterOf(data: string): number | undefined {
  return Math.abs(Number(postmasterFile(data)[0])) || undefined;
}

function postmasterFile(data: string): string[] {
  try {
    return fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Signals a process, or with 0 only asks for it. @returns whether there is one */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
