/** `npm run test:upgrade`: whether the release before this one works while the schema is already this one's. See docs/upgrades.md. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Of the release before, what judges the schema itself, and so would refuse any that is newer. */
const OF_THE_SCHEMA = ['test/boundaries', 'test/supply', 'test/operations/deploy*'];

const root = process.cwd();
const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** What UPGRADE_FROM names; else the newest release before this commit; else what was there before the last migration. */
function releaseBefore(): string {
  const given = process.env['UPGRADE_FROM'];
  if (given) return given;
  const tags = spawnSync('git', ['describe', '--tags', '--abbrev=0', '--match', 'v*', 'HEAD^'], {
    encoding: 'utf8',
  });
  if (tags.status === 0) return tags.stdout.trim();
  console.log('No release has a tag (v…): taking what was there before the newest migration.');
  return `${git('log', '-1', '--format=%H', '--diff-filter=A', '--', 'migrations')}^`;
}

/** Puts the files of a commit into a folder, with the packages that it names. */
function checkOut(commit: string, folder: string): void {
  const archive = execFileSync('git', ['archive', commit], { maxBuffer: 2 ** 30 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  const lock = 'package-lock.json';
  if (readFileSync(lock, 'utf8') === readFileSync(join(folder, lock), 'utf8')) {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  } else {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
  }
}

const migrationsIn = (folder: string) =>
  globSync(join(folder, 'migrations/[0-9]*.ts'))
    .map((file) => basename(file))
    .sort();

/** What was released is not changed any more: databases have it already. */
function changedMigrations(folder: string): string[] {
  const text = (place: string, file: string) => {
    try {
      return readFileSync(join(place, 'migrations', file), 'utf8');
    } catch {
      return undefined;
    }
  };
  return migrationsIn(folder).filter((file) => text(folder, file) !== text(root, file));
}

/** Runs tests of the release before; whether all passed. */
function test(folder: string, args: string[], environment: Record<string, string> = {}): boolean {
  const { status } = spawnSync('npm', ['test', '--', ...args], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return status === 0;
}

const [only, ...patterns] = process.argv.slice(2);
if (only !== undefined && only !== 'live' && only !== 'tests') {
  console.error('Usage: npm run test:upgrade [-- live | tests [patterns of files]]');
  process.exit(2);
}
const commit = releaseBefore();
const folder = mkdtempSync(join(tmpdir(), 'assent-upgrade-'));
// For root, PostgreSQL runs as another user, who has to pass through this folder.
chmodSync(folder, 0o755);
const failed: string[] = [];
const say = (part: string, passed: boolean) => {
  if (!passed) failed.push(part);
  console.log(`== ${part}: ${passed ? 'passed' : 'FAILED'}`);
};
try {
  console.log(`The release before is ${git('log', '-1', '--format=%h %s', commit)} (${commit}).`);
  checkOut(commit, folder);
  const before = new Set(migrationsIn(folder));
  const fresh = migrationsIn(root).filter((file) => !before.has(file));
  console.log([`${fresh.length} migrations are new since:`, ...fresh].join('\n  '));
  const changed = changedMigrations(folder);
  if (changed.length > 0) console.log(`Not as they were released: ${changed.join(', ')}`);
  say('released migrations are as they were', changed.length === 0);
  if (only !== 'tests') {
    cpSync('test/upgrade/live.ts', join(folder, 'test/upgrade/live.spec.ts'));
    const passed = test(folder, ['test/upgrade/live'], { UPGRADE_TO: root });
    rmSync(join(folder, 'test/upgrade/live.spec.ts'));
    say(
      'an API and a worker at work, while the schema is migrated under them and then they are replaced',
      passed,
    );
  }
  if (only !== 'live') {
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
    rmSync(join(folder, 'migrations'), { recursive: true });
    cpSync('migrations', join(folder, 'migrations'), { recursive: true });
    for (const path of globSync(OF_THE_SCHEMA, { cwd: folder }))
      rmSync(join(folder, path), { recursive: true });
    // Patterns first: jest takes what follows this option for more of its values.
    say('its tests on the new schema', test(folder, [...patterns, '--ignoreProjects=unit']));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed.length > 0 ? 1 : 0);
