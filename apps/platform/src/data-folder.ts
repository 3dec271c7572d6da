import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** The folder with everything that the platform keeps on this machine. Its files are readable by their owner only. */
export class DataFolder {
  constructor(readonly path: string) {
    // Others may pass through, since for root the database runs as another user.
    if (mkdirSync(path, { recursive: true })) chmodSync(path, 0o755);
  }

  /** Codes that were sent to the operator's console. */
  get console(): string {
    return join(this.path, 'console.jsonl');
  }

  /** The first admin credential. */
  get adminToken(): string {
    return join(this.path, 'admin-token');
  }

  /** The file of the logs; one over 10 MB is put aside, replacing the one that was put aside before. */
  prepareLog(): string {
    const folder = join(this.path, 'logs');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const log = join(folder, 'platform.log');
    const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    if (size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
    return log;
  }

  /** Codes live for minutes: what an earlier run left is of no use to anyone. */
  forgetCodes(): void {
    rmSync(this.console, { force: true });
  }

  hasAdminToken(): boolean {
    return existsSync(this.adminToken);
  }

  keepAdminToken(token: string): void {
    const fresh = `${this.adminToken}.new`;
    rmSync(fresh, { force: true });
    writeFileSync(fresh, `${token}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(fresh, this.adminToken);
  }
}
