import { describe, expect, it } from '@jest/globals';
import { explain } from './lifetime.js';

const failure = (message: string, code?: string) => Object.assign(new Error(message), { code });

describe('what an operator reads of a start that failed', () => {
  it.each([
    [
      failure('the database system is starting up', '57P03'),
      /no connections for now .*starting up.*: start Assent again/,
    ],
    [
      failure('terminating connection due to administrator command', '57P01'),
      /for now .*: start Assent again once it does/,
    ],
    [failure('sorry, too many clients already', '53300'), /for now .*too many clients.*: start Assent again/],
    [
      failure('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
      /can not be used .*: check DATABASE_URL/,
    ],
    [
      failure('password authentication failed for user "assent"', '28P01'),
      /can not be used .*: check DATABASE_URL/,
    ],
    [failure('database "assent" does not exist', '3D000'), /can not be used .*: check DATABASE_URL/],
    [failure('first line\nsecond line'), /^Assent stopped: first line$/],
  ])('says of %s what to do', (error, words) => {
    expect(explain(error)).toMatch(words);
  });
});
