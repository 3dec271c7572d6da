import { describe, expect, it } from '@jest/globals';
import { isOutage } from './outage.js';

const failure = (message: string, fields: object = {}) => Object.assign(new Error(message), fields);

describe('an outage', () => {
  it.each([
    ['a lost connection', failure('Connection terminated unexpectedly')],
    [
      'a client whose connection was lost',
      failure('Client has encountered a connection error and is not queryable'),
    ],
    ['a server that is not there', failure('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED' })],
    ['no free connection', failure('timeout exceeded when trying to connect')],
    ['a server that shuts down', failure('terminating connection', { code: '57P01' })],
    ['a server that starts', failure('the database system is starting up', { code: '57P03' })],
    ['a statement that took too long', failure('canceling statement', { code: '57014' })],
    ['a former primary', failure('cannot execute INSERT in a read-only transaction', { code: '25006' })],
    ['a full disk', failure('could not extend file', { code: '53100' })],
    ['one inside of another', failure('failed', { driverError: failure('gone', { code: '08006' }) })],
  ])('is %s', (_, error) => {
    expect(isOutage(error)).toBe(true);
  });

  it.each([
    ['a check that a row violates', failure('new row violates check constraint', { code: '23514' })],
    [
      'a statement that breaks the protocol',
      failure('bind message supplies 2 parameters', { code: '08P01' }),
    ],
    ['a number that is too large', failure('integer out of range', { code: '22003' })],
    ['a fault of ours', new TypeError('Cannot read properties of undefined')],
    ['one of Node', failure('The argument must be a string', { code: 'ERR_INVALID_ARG_TYPE' })],
    ['nothing that was thrown as an error', 'Connection terminated'],
  ])('is not %s', (_, error) => {
    expect(isOutage(error)).toBe(false);
  });
});
