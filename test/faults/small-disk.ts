import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIZE = '1500m';

/** A file system of its own, in memory, which can be filled to the last byte. */
export class SmallDisk {
  private readonly ballast: string;

  private constructor(readonly path: string) {
    this.ballast = join(path, 'ballast');
  }

  /** Whether this process may mount: on Linux, with CAP_SYS_ADMIN (capabilities(7)), which is bit 21. */
  static isAllowed(): boolean {
    if (process.platform !== 'linux') return false;
    const [, effective = '0'] =
      /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return ((BigInt(`0x${effective}`) >> 21n) & 1n) === 1n;
  }

  /** @returns undefined where this machine lets us mount none */
  static mount(): SmallDisk | undefined {
    const path = mkdtempSync(join(tmpdir(), 'assent-test-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=755`, 'assent-test', path], {
        stdio: 'ignore',
      });
      chmodSync(path, 0o755);
      return new SmallDisk(path);
    } catch {
      rmdirSync(path);
      return undefined;
    }
  }

  /** Leaves no byte free, whoever takes some meanwhile. */
  fill(): void {
    let ballast = 0;
    for (let free = this.freeBytes(); free > 0; free = this.freeBytes()) {
      const { status } = spawnSync('fallocate', ['-l', String(ballast + free), this.ballast], {
        stdio: 'ignore',
      });
      if (status === 0) ballast += free;
    }
  }

  free(): void {
    rmSync(this.ballast, { force: true });
  }

  unmount(): void {
    execFileSync('umount', [this.path]);
    rmdirSync(this.path);
  }

  private freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.path);
    return bavail * bsize;
  }
}
