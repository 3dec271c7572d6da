import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Configuration, ConfigurationError } from './configuration.js';

function problemsOf(environment: Record<string, string>): string[] {
  try {
    Configuration.parse(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://assent:secret@db.example.com/assent',
  ASSENT_KEYS: `1:${randomBytes(32).toString('base64')}`,
  PUBLIC_URL: 'https://assent.example.com',
};

describe('the configuration', () => {
  it('needs nothing to be set outside of production', () => {
    const { settings } = Configuration.parse({});
    expect(settings).toMatchObject({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: 4000,
      LOG_LEVEL: 'info',
    });
    expect(settings.DATA_DIRECTORY).toBe(resolve('.assent'));
    expect(settings.REACH_TIERS).toEqual([250, 2_000, 10_000, 100_000]);
    expect(settings.DATABASE_URL).toBeUndefined();
  });

  it('takes an empty variable for one that is not set', () => {
    expect(Configuration.parse({ PORT: '', DATABASE_URL: '', NODE_ENV: '' }).settings.PORT).toBe(4000);
  });

  it('reads numbers, flags and lists', () => {
    const { settings } = Configuration.parse({
      PORT: '0',
      DATABASE_PREPARED: 'false',
      REACH_TIERS: '1, 2, 3, 4',
      DNS_SERVERS: '9.9.9.9, 1.1.1.1',
    });
    expect(settings).toMatchObject({ PORT: 0, DATABASE_PREPARED: false, REACH_TIERS: [1, 2, 3, 4] });
    expect(settings.DNS_SERVERS).toEqual(['9.9.9.9', '1.1.1.1']);
  });

  it('wants certificates in a file of certificates', () => {
    for (const file of ['/nowhere/ca.pem', import.meta.filename]) {
      expect(problemsOf({ SMPP_CA_FILE: file })).toEqual([
        expect.stringMatching(
          /^SMPP_CA_FILE is a file with the certificates, in PEM, .* for example SMPP_CA_FILE=/,
        ),
      ]);
    }
  });

  it('knows where it is reached', () => {
    expect(Configuration.parse({}).publicUrl).toBe('http://127.0.0.1:4000');
    expect(Configuration.parse({ HOST: '::1', PORT: '80' }).publicUrl).toBe('http://[::1]:80');
    expect(Configuration.parse({ PUBLIC_URL: 'https://example.com/assent/' }).publicUrl).toBe(
      'https://example.com/assent',
    );
  });

  it.each([
    ['PUBLIC_URL', 'assent.example.com'],
    ['PUBLIC_URL', 'ftp://example.com'],
    ['PUBLIC_URL', 'https://user:secret@example.com'],
    ['PUBLIC_URL', 'https://example.com/?a=b'],
    ['PUBLIC_URL', 'https://example.com/#a'],
    ['NODE_ENV', 'prod'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['PORT', ' '],
    ['DATABASE_URL', 'mysql://localhost/assent'],
    ['DATABASE_URL', 'localhost'],
    ['DATABASE_POOL_SIZE', '1'],
    ['DATABASE_PREPARED', 'yes'],
    ['REACH_TIERS', '250,2000,10000'],
    ['REACH_TIERS', '250,2000,10000,10000'],
    ['REACH_TIERS', '250,,10000,100000'],
    ['REACH_TIERS', '0,1,2,3'],
    ['MATCH_DAILY', '5,4,3,2,1'],
    ['PAIR_INTERVAL_MS', '0'],
    ['LOG_LEVEL', 'verbose'],
  ])('refuses %s=%s, naming the variable, the rule and an example', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} is .+, for example ${name}=.+`));
  });

  it('gives examples that it would accept', () => {
    const wrong = [
      'NODE_ENV',
      'PORT',
      'DATABASE_URL',
      'MIGRATION_DATABASE_URL',
      'SMTP_URL',
      'MATCH_DAILY',
      'MATCH_MONTHLY',
    ];
    for (const name of wrong) {
      const example = problemsOf({ [name]: '?' })[0]?.split(`${name}=`)[1];
      const problems = problemsOf({ ...PRODUCTION, [name]: example ?? '' });
      expect(problems).toEqual([]);
    }
  });

  it('names everything that is wrong at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'x' })).toHaveLength(2);
  });

  it('never quotes a value, which may be a secret', () => {
    const problems = problemsOf({
      DATABASE_URL: 'mysql://assent:hunter2@db/assent',
      ASSENT_KEYS: 'x'.repeat(5_000),
    });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toMatch(/hunter2|xxxx/);
  });

  it('needs a database, keys and its own address in production, and says so once each', () => {
    const problems = problemsOf({ NODE_ENV: 'production' });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'DATABASE_URL',
      'ASSENT_KEYS',
      'PUBLIC_URL',
    ]);
    expect(problemsOf({ NODE_ENV: 'production', DATABASE_URL: 'x' })).toHaveLength(3);
    expect(problemsOf(PRODUCTION)).toEqual([]);
  });

  it('is stricter in production unless told otherwise', () => {
    const production = Configuration.parse(PRODUCTION);
    expect(production).toMatchObject({ production: true, introspection: false, allowPrivateWebsites: false });
    expect(Configuration.parse({})).toMatchObject({
      production: false,
      introspection: true,
      allowPrivateWebsites: true,
    });
    expect(Configuration.parse({ ...PRODUCTION, INTROSPECTION: 'true' }).introspection).toBe(true);
    expect(Configuration.parse({ ALLOW_PRIVATE_WEBSITES: 'false' }).allowPrivateWebsites).toBe(false);
  });
});
