/**
 * Writes docs/permissions.md from what resolvers declare and from the table of roles. With `--check` it also fails when the
 * page was not what the code says, and it always does where an operation declares nothing.
 */
import { writePage } from './write-page.ts';

// Built, since decorators can not be stripped; named apart, so that types are not looked for in what is built.
const OPERATIONS: string = '../dist/apps/api/src/operations.js';
const ACCOUNTS: string = '../dist/libs/accounts/src/index.js';
const { declaredOperations } = (await import(OPERATIONS)) as {
  declaredOperations: () => Record<'business' | 'person' | 'admin', DeclaredOperation[]>;
};
const { ADMIN_PERMISSIONS, AdminRole, KEY_SCOPES, PERMISSIONS } = (await import(ACCOUNTS)) as {
  ADMIN_PERMISSIONS: Record<string, { roles: readonly string[]; proof: 'token' | 'full' | 'fresh' }>;
  AdminRole: Record<string, string>;
  KEY_SCOPES: readonly string[];
  PERMISSIONS: Record<string, { roles: readonly string[]; key: boolean }>;
};

/** As apps/api/src/operations.ts has it. */
interface DeclaredOperation {
  type: 'Query' | 'Mutation' | 'Subscription';
  name: string;
  access: 'public' | { permission: string } | undefined;
}

const PAGE = 'docs/permissions.md';
const ROLES = ['OWNER', 'ADMIN', 'AGENT', 'ANALYST'];
const INTRODUCTION = `# Permissions

Who may ask for what: every operation of each endpoint, with the permission that it declares. ● may; · is refused, with the code
\`FORBIDDEN\` and the name of the permission, or \`UNAUTHENTICATED\` where nobody is signed in. An operation that declares nothing is
refused to everybody, and so is one that a role does not have. Each cell is tried through the API by the tests. This page is made from the code by
\`npm run permissions\`.`;
const BUSINESS = `An API key may do what its scopes say, and a scope is a permission of the same name: \`${KEY_SCOPES.join('`, `')}\`. In the
column “key”, ● stands where a key with that scope may. The upload of a file of opt-ins (\`POST /business/consent-imports\`) needs \`consents:import\`.`;
const PERSON =
  'A person has one permission: whoever proved a number may do all of this, for themselves alone.';
const ADMIN = `What an admin may do hangs on their role, and on what their session has proved. The column “code” says how old its last code of the
second factor may be: where it is older the answer is \`SECOND_FACTOR_REQUIRED\`, or \`REAUTHENTICATION_REQUIRED\` where 5 minutes are
asked for; — needs a token only. With \`ADMIN_SECOND_FACTOR=off\` a token is enough for all. What else is asked for, such as a second admin,
says [admins.md](admins.md).`;
const CODES = { token: '—', full: '12 hours', fresh: '5 minutes' } as const;

interface Column {
  title: string;
  may: (permission: string) => boolean;
}

/** @param last what stands at the end of the row of a permission, under its head */
function table(
  operations: readonly DeclaredOperation[],
  columns: readonly Column[],
  last?: { title: string; of: (permission: string) => string },
): string {
  const head = [
    'Operation',
    'Permission',
    'nobody',
    ...columns.map(({ title }) => title),
    ...(last ? [last.title] : []),
  ];
  const rows = operations.map(({ type, name, access }) => {
    if (!access) throw new Error(`${name} declares no permission: say @Permission('…') or @Public()`);
    const open = access === 'public';
    const cells = columns.map(({ may }) => open || may(access.permission));
    return [
      `${type === 'Query' ? '' : `${type.toLowerCase()} `}\`${name}\``,
      open ? 'none' : `\`${access.permission}\``,
      ...[open, ...cells].map((cell) => (cell ? '●' : '·')),
      ...(last ? [open ? '—' : last.of(access.permission)] : []),
    ];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at < 2 ? '---' : ':-:'))), ...rows.map(line)].join('\n');
}

const { business, person, admin } = declaredOperations();
const staff = ROLES.map((role) => ({
  title: role,
  may: (permission: string) => PERMISSIONS[permission]?.roles.includes(role) ?? false,
}));
const operators = Object.keys(AdminRole).map((role) => ({
  title: role,
  may: (permission: string) => ADMIN_PERMISSIONS[permission]?.roles.includes(role) ?? false,
}));
const code = {
  title: 'code',
  of: (permission: string) => CODES[ADMIN_PERMISSIONS[permission]?.proof ?? 'fresh'],
};
const key = { title: 'key', may: (permission: string) => KEY_SCOPES.includes(permission) };
const only = (permission: string): Column => ({ title: permission, may: (asked) => asked === permission });
const sections = [
  ['## Businesses', BUSINESS, table(business, [...staff, key])],
  ['## People', PERSON, table(person, [only('person')])],
  ['## The operator', ADMIN, table(admin, operators, code)],
];
await writePage(PAGE, [INTRODUCTION, ...sections.flat()].join('\n\n'));
console.log(`${PAGE} is what the code says.`);
