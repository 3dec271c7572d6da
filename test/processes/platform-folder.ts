import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AMPLE_REQUESTS } from '../support/ample-requests.js';
import { until } from '../support/until.js';
import { GraphQLClient } from '../support/graphql-client.js';
import { Child } from './child.js';

/** A folder for one embedded platform, and the processes that were started on it. */
export class PlatformFolder {
  private readonly parent = mkdtempSync(join(tmpdir(), 'assent-test-'));
  private readonly children: Child[] = [];

  constructor() {
    // For root, PostgreSQL runs as another user, who has to pass through this folder to its data.
    chmodSync(this.parent, 0o755);
  }

  get path(): string {
    return join(this.parent, '.assent');
  }

  get adminToken(): string {
    return this.read('admin-token').trim();
  }

  /** The process id of the folder's PostgreSQL. */
  get serverPid(): number {
    return postmasterOf(join(this.path, 'data'));
  }

  /** Runs a program on the folder; by default the platform, on any free port. */
  start(settings: Record<string, string> = {}, program = 'platform/src/main'): Child {
    return this.keep(
      Child.app(program, { DATA_DIRECTORY: this.path, PORT: '0', ...AMPLE_REQUESTS, ...settings }),
    );
  }

  /** Runs `npm …` on the folder. */
  npm(args: string[], settings: Record<string, string> = {}): Child {
    return this.keep(Child.start('npm', args, { DATA_DIRECTORY: this.path, PORT: '0', ...settings }));
  }

  read(file: string): string {
    return readFileSync(join(this.path, file), 'utf8');
  }

  /** The permissions of a file, e.g. `600`. */
  mode(file: string): string {
    return (statSync(join(this.path, file)).mode & 0o777).toString(8);
  }

  /** Ends whatever still runs, and removes everything. */
  async remove(): Promise<void> {
    for (const child of this.children) child.signal('SIGKILL');
    await Promise.all(this.children.map((child) => child.exit()));
    if (existsSync(join(this.path, 'data/postmaster.pid'))) {
      const pid = this.serverPid;
      signal(pid, 'SIGQUIT');
      await until('PostgreSQL ends', async () => !isAlive(pid));
    }
    rmSync(this.parent, { recursive: true, maxRetries: 5 });
  }

  private keep(child: Child): Child {
    this.children.push(child);
    return child;
  }
}

/** Where a platform says that it is. */
export async function urlOf(platform: Child): Promise<string> {
  return platform.says(/Business API +(http:\S+)\/business\/graphql[\s\S]*Stop +Ctrl-C/);
}

/** The name of the admin that a token opens the door for; fails when it opens none. */
export async function adminName(url: string, token: string): Promise<string> {
  const { admin } = await new GraphQLClient(`${url}/admin/graphql`, token).do('{ admin { name } }');
  return admin.name;
}

/** The process id of the PostgreSQL that runs on a data folder. */
export function postmasterOf(data: string): number {
  return Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Whether a process runs; one that ended counts as gone though nobody has asked for its exit code yet. */
export function isAlive(pid: number): boolean {
  if (!signal(pid, 0)) return false;
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

/** Signals a process; whether it was there. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
