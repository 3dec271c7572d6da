import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SmscIdentity } from './smsc.js';

const run = promisify(execFile);
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];

/** An authority of our own, which vouches for servers; by `openssl`, as Node.js can read certificates but make none. */
export class Authority {
  private constructor(private readonly folder: string) {}

  static async make(): Promise<Authority> {
    const authority = new Authority(mkdtempSync(join(tmpdir(), 'assent-test-')));
    await authority.openssl(
      ...['req', '-x509', ...NEW_KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=CA'],
    );
    return authority;
  }

  /** A file with its certificate. */
  get file(): string {
    return join(this.folder, 'ca.pem');
  }

  /** A key and a certificate for that host. */
  async vouchFor(host: string): Promise<SmscIdentity> {
    writeFileSync(join(this.folder, 'names'), `subjectAltName=DNS:${host}\n`);
    await this.openssl(...['req', ...NEW_KEY, '-keyout', 'key', '-out', 'asked', '-subj', '/CN=SMSC']);
    await this.openssl(
      ...['x509', '-req', '-in', 'asked', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-days', '2'],
      ...['-extfile', 'names', '-out', 'cert'],
    );
    const [key, cert] = ['key', 'cert'].map((name) => readFileSync(join(this.folder, name), 'utf8'));
    return { key: key!, cert: cert! };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private async openssl(...args: string[]): Promise<void> {
    await run('openssl', args, { cwd: this.folder });
  }
}
