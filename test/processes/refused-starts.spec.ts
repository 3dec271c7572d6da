import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { build } from './build.js';
import { PlatformFolder } from './platform-folder.js';

// Each of them loads the whole server, which takes a busy machine its time.
jest.setTimeout(180_000);

describe('a start that can not succeed', () => {
  const folder = new PlatformFolder();

  beforeAll(() => build(), 180_000);
  afterAll(() => folder.remove());

  it('names variable, rule and an example for every wrong setting, and nothing else', async () => {
    const platform = folder.start({ PORT: 'http', LOG_LEVEL: 'loud' });
    expect(await platform.exit()).toBe(78);
    expect(platform.output).toBe(
      [
        'Assent can not start with this configuration:',
        '  PORT is a whole number from 0 to 65535; 0 takes any free port, for example PORT=4000',
        '  LOG_LEVEL is silent, error, warn, info or debug, for example LOG_LEVEL=info',
        '',
      ].join('\n'),
    );
  });

  it('brings no database and makes no keys of its own in production', async () => {
    const platform = folder.start({ NODE_ENV: 'production' });
    expect(await platform.exit()).toBe(78);
    expect(platform.output).toMatch(/^ {2}DATABASE_URL is missing.*for example DATABASE_URL=postgresql:/m);
    expect(platform.output).toMatch(/^ {2}ASSENT_KEYS is missing.*for example ASSENT_KEYS=1:/m);
  });

  it.each(['api/src/main', 'worker/src/main'])('needs a database of its own for %s', async (program) => {
    const separate = folder.start({}, program);
    expect(await separate.exit()).toBe(78);
    expect(separate.output).toMatch(/^ {2}DATABASE_URL is missing.*for example DATABASE_URL=postgresql:/m);
  });

  it('says that a database does not answer, without its password', async () => {
    const url = 'postgresql://assent:hidden@127.0.0.1:1/assent';
    const platform = folder.start({ DATABASE_URL: url });
    expect(await platform.exit()).toBe(1);
    expect(platform.output.trim().split('\n').at(-1)).toMatch(
      /^The database can not be used \(.*\): check DATABASE_URL, for example/,
    );
    expect(platform.output).not.toContain('hidden');
  });

  it('says what to migrate when nothing says so', async () => {
    const program = folder.start({}, 'platform/src/migrate');
    expect(await program.exit()).toBe(78);
    expect(program.output).toMatch(/DATABASE_URL \(or MIGRATION_DATABASE_URL\) is missing.*npm run migrate/);
  });

  it('makes no admin token where no platform is', async () => {
    const program = folder.start({}, 'platform/src/admin-token');
    expect(await program.exit()).toBe(1);
    expect(program.output).toMatch(/^There is no platform in .*: start one with `npm start`/);
  });
});
