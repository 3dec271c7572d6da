import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FAULTS } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import type { Child } from './child.js';
import { PlatformFolder, urlOf } from './platform-folder.js';

export type Fault = keyof typeof FAULTS;

const PROCESSES = 4;
const PRELOADED = pathToFileURL('test/support/faulty-process.mjs').href;

/** Several processes, each API and worker, on one database; and in this process, to arrange things with, a platform beside them. */
export class RacingProcesses {
  private constructor(
    readonly platform: TestPlatform,
    private readonly urls: string[],
    private readonly folder: PlatformFolder,
    private readonly directory: string,
  ) {}

  /** Needs a build. @param beside what is set otherwise for the platform in this process */
  static async start(
    settings: Record<string, string>,
    beside: Record<string, string> = {},
  ): Promise<RacingProcesses> {
    const keys = `1:${randomBytes(32).toString('base64')}`;
    const platform = await startPlatform({ ...settings, ...beside, ASSENT_KEYS: keys }, { worker: false });
    const directory = mkdtempSync(join(tmpdir(), 'assent-test-'));
    const folder = new PlatformFolder();
    const migration = new URL(process.env['TEST_OWNER_URL'] ?? '');
    migration.pathname = new URL(platform.database.appUrl).pathname;
    writeFileSync(faultsIn(directory), '');
    const started = (nr: number): Child =>
      folder.start({
        ...settings,
        ASSENT_KEYS: keys,
        DATABASE_URL: platform.database.appUrl,
        MIGRATION_DATABASE_URL: migration.href,
        DATA_DIRECTORY: join(directory, String(nr)),
        PLANTED_FAULTS: faultsIn(directory),
        NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${PRELOADED}`,
      });
    const children = Array.from({ length: PROCESSES }, (_, nr) => started(nr));
    return new RacingProcesses(platform, await Promise.all(children.map(urlOf)), folder, directory);
  }

  /** Where a connection leads: each process has as many of them. */
  url(connection: number): string {
    return this.urls[connection % this.urls.length] as string;
  }

  /** From now on the statements of all processes but this one have these faults, and no others. */
  plant(...faults: Fault[]): void {
    writeFileSync(faultsIn(this.directory), faults.join(' '));
  }

  async stop(): Promise<void> {
    await this.folder.remove();
    await this.platform.stop();
    rmSync(this.directory, { recursive: true, maxRetries: 5 });
  }
}

const faultsIn = (directory: string) => join(directory, 'faults');
