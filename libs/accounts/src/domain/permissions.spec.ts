import { describe, expect, it } from '@jest/globals';
import type { MemberRole } from './permissions.js';
import {
  type BusinessPermission,
  KEY_SCOPES,
  permissionsOfRole,
  permissionsOfScopes,
  PERMISSIONS,
} from './permissions.js';

type Column = MemberRole | 'KEY';
const COLUMNS: Column[] = ['OWNER', 'ADMIN', 'AGENT', 'ANALYST', 'KEY'];

/** Written out again, so that a change of the table has to be meant twice: ● may, · may not. */
const TABLE: Record<BusinessPermission, string> = {
  //                     OWNER ADMIN AGENT ANALYST KEY
  'account:read': '        ●     ●     ●     ●     ●',
  'account:manage': '      ●     ●     ·     ·     ·',
  'audit:read': '          ●     ●     ·     ·     ·',
  'session:end': '         ●     ●     ●     ●     ·',
  'keys:manage': '         ●     ●     ·     ·     ·',
  'test-mode:reset': '     ●     ●     ·     ·     ●',
  'verification:submit': ' ●     ●     ·     ·     ·',
  'contacts:read': '       ●     ●     ●     ●     ●',
  'contacts:match': '      ●     ●     ·     ·     ●',
  'consents:import': '     ●     ●     ·     ·     ●',
  'templates:read': '      ●     ●     ●     ●     ●',
  'templates:manage': '    ●     ●     ·     ·     ●',
  'messages:read': '       ●     ●     ●     ●     ●',
  'messages:send': '       ●     ●     ●     ·     ●',
  'conversations:manage': '●     ●     ●     ·     ●',
  'events:read': '         ●     ●     ●     ●     ●',
  'webhooks:manage': '     ●     ●     ·     ·     ·',
};
const PERMISSION_NAMES = Object.keys(TABLE) as BusinessPermission[];
const CELLS = PERMISSION_NAMES.flatMap((permission) =>
  COLUMNS.map((column, at) => ({
    permission,
    column,
    may: TABLE[permission].trim().split(/ +/)[at] === '●',
  })),
);

describe('permissions in the business API', () => {
  it('are the ones of the table', () => {
    expect(Object.keys(PERMISSIONS).sort()).toEqual([...PERMISSION_NAMES].sort());
  });

  it.each(CELLS)('$column has $permission: $may', ({ permission, column, may }) => {
    const held = column === 'KEY' ? permissionsOfScopes([permission]) : permissionsOfRole(column);
    expect(held.has(permission)).toBe(may);
  });

  it.each(KEY_SCOPES.map((scope) => [scope]))('of a key with only %s are that one', (scope) => {
    expect([...permissionsOfScopes([scope])]).toEqual([scope]);
  });

  it('of a key with no known scope are none', () => {
    expect([...permissionsOfScopes(['keys:manage', 'everything', ''])]).toEqual([]);
  });
});
