import { describe, expect, it } from '@jest/globals';
import type { MemberRole } from './permissions.js';
import {
  ADMIN_PERMISSIONS,
  type AdminPermission,
  AdminRole,
  type BusinessPermission,
  KEY_SCOPES,
  mayMore,
  permissionsOfRole,
  permissionsOfScopes,
  PERMISSIONS,
  proofFor,
  roleMay,
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
  'sign-on:manage': '      ●     ·     ·     ·     ·',
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

/** The same of the operator's staff, and what a session has to have proved. */
const STAFF_TABLE: Record<AdminPermission, string> = {
  //                     OWNER REVIEWER POLICY SUPPORT AUDITOR
  'admin:self': '          ●      ●       ●       ●      ●     token',
  'admin:read': '          ●      ●       ●       ●      ●     full',
  'admins:read': '         ●      ·       ·       ·      ●     full',
  'admins:manage': '       ●      ·       ·       ·      ·     fresh',
  'audit:read': '          ●      ·       ·       ·      ●     full',
  'businesses:read': '     ●      ●       ●       ●      ·     full',
  'proposals:read': '      ●      ●       ●       ·      ●     full',
  'proposals:decide': '    ●      ●       ●       ·      ·     fresh',
  'reviews:decide': '      ●      ●       ·       ·      ·     full',
  'restrictions:manage': ' ●      ●       ·       ·      ·     fresh',
  'limits:manage': '       ●      ·       ●       ·      ·     fresh',
  'policy:read': '         ●      ●       ●       ●      ●     full',
  'policy:publish': '      ●      ·       ●       ·      ·     fresh',
  'platform:read': '       ●      ·       ·       ●      ●     full',
  'platform:operate': '    ●      ·       ·       ·      ·     full',
  'switches:manage': '     ●      ·       ·       ·      ·     fresh',
};

describe('permissions in the admin API', () => {
  it('are the ones of the table', () => {
    expect(Object.keys(ADMIN_PERMISSIONS).sort()).toEqual(Object.keys(STAFF_TABLE).sort());
  });

  it.each(Object.entries(STAFF_TABLE))('%s is held as the table says', (permission, cells) => {
    const roles = Object.values(AdminRole).map((role) => (roleMay(role, permission) ? '●' : '·'));
    expect([...roles, proofFor(permission)]).toEqual(cells.trim().split(/ +/));
  });

  it('of a role are more than another’s where it may a single thing more', () => {
    expect(mayMore('OWNER', 'REVIEWER')).toBe(true);
    expect(mayMore('AUDITOR', 'SUPPORT')).toBe(true);
    expect(mayMore('SUPPORT', 'OWNER')).toBe(false);
    expect(mayMore('POLICY', 'POLICY')).toBe(false);
  });

  it('are nobody’s where the table has no such name', () => {
    expect(Object.values(AdminRole).filter((role) => roleMay(role, 'toString'))).toEqual([]);
  });
});
