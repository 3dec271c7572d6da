import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OperationTypeNode } from 'graphql';
import { aBusiness, anApiKey } from '../support/builders/accounts.js';
import { someAdmins } from '../support/builders/admins.js';
import { aPerson } from '../support/builders/people.js';
import { aMember } from '../support/builders/staff.js';
import { anyOperation, schemaOf } from '../support/any-operation.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

type Outcome = 'let through' | 'FORBIDDEN' | 'UNAUTHENTICATED';
type Audience = 'business' | 'person' | 'admin';

interface Row {
  audience: Audience;
  type: OperationTypeNode;
  name: string;
  permission: string;
  /** Who may, by the head of the column. */
  cells: Record<string, boolean>;
}

const TYPES = Object.values(OperationTypeNode);

/** The rows of docs/permissions.md, which is made from the code. */
function rowsOfPage(): Row[] {
  const [, ...sections] = readFileSync('docs/permissions.md', 'utf8').split(/^## /m);
  return (['business', 'person', 'admin'] as const).flatMap((audience, at) => {
    const lines = sections[at]!.split('\n').filter((line) => line.startsWith('|'));
    const [head = [], , ...rows] = lines.map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
    return rows.map(([operation = '', permission = '', ...cells]) => ({
      audience,
      type: TYPES.find((type) => operation.startsWith(`${type} `)) ?? OperationTypeNode.QUERY,
      name: /`(\w+)`/.exec(operation)![1]!,
      permission: permission.replaceAll('`', ''),
      cells: Object.fromEntries(cells.map((cell, column) => [head[column + 2]!, cell === '●'])),
    }));
  });
}

/** What ends the session that asks comes last. */
const ROWS = rowsOfPage().sort((a, b) => Number(a.name === 'signOut') - Number(b.name === 'signOut'));

describe('the page of permissions', () => {
  it.each(['business', 'person', 'admin'] as const)('has every operation of the %s endpoint', (audience) => {
    const schema = schemaOf(audience);
    const served = Object.values(OperationTypeNode).flatMap((type) =>
      Object.keys(schema.getRootType(type)?.getFields() ?? {}).map((name) => `${type} ${name}`),
    );
    const listed = ROWS.filter((row) => row.audience === audience).map(({ type, name }) => `${type} ${name}`);
    expect(listed.sort()).toEqual(served.sort());
  });
});

describe('each cell of the page of permissions', () => {
  let platform: TestPlatform;
  const schemas = { business: schemaOf('business'), person: schemaOf('person'), admin: schemaOf('admin') };
  /** Who asks: by column, and each key by its one scope. */
  const callers = { business: {}, person: {}, admin: {} } as Record<Audience, Record<string, GraphQLClient>>;

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
    const business = await aBusiness(platform);
    const person = await aPerson(platform);
    callers.business = { nobody: platform.business(), OWNER: platform.business(business.token) };
    for (const role of ['ADMIN', 'AGENT', 'ANALYST'] as const) {
      callers.business[role] = (await aMember(platform, business, role)).api;
    }
    for (const scope of scopes()) {
      const { secret } = await anApiKey(platform, business.token, { scopes: [scope] });
      callers.business[`key ${scope}`] = platform.business(secret);
    }
    callers.person = {
      nobody: platform.person(),
      person: person.api,
      'a member': platform.person(business.token),
      'an admin': platform.person(platform.admin().token),
    };
    callers.admin = {
      nobody: platform.admin(''),
      OWNER: platform.admin(),
      ...(await someAdmins(platform, ['REVIEWER', 'POLICY', 'SUPPORT', 'AUDITOR'])),
      'a member': platform.admin(business.token),
      'a key': platform.admin(business.apiKey),
      'a person': platform.admin(person.token),
    };
    callers.business['a person'] = platform.business(person.token);
    callers.business['an admin'] = platform.business(platform.admin().token);
  });
  afterAll(() => platform.stop());

  it.each(ROWS)('is what the $audience endpoint does with $type $name', async (row) => {
    const operation = anyOperation(schemas[row.audience], row.type, row.name);
    const [expected, got]: Record<string, Outcome>[] = [{}, {}];
    for (const [who, client] of Object.entries(callers[row.audience])) {
      expected![who] = expectedOf(row, who);
      got![who] = await outcomeOf(client, operation);
    }
    expect(got).toEqual(expected);
  });
});

/** Scopes that a key can have: the permissions of the rows where keys may. */
function scopes(): string[] {
  const keyed = ROWS.filter(
    ({ audience, cells }) => audience === 'business' && cells['key'] && !cells['nobody'],
  );
  return [...new Set(keyed.map(({ permission }) => permission))];
}

function expectedOf({ cells, permission }: Row, who: string): Outcome {
  if (cells['nobody']) return 'let through';
  if (who === 'nobody' || / /.test(who.replace('key ', ''))) return 'UNAUTHENTICATED';
  const scope = /^key (.+)$/.exec(who)?.[1];
  const may = scope === undefined ? cells[who] : cells['key'] && scope === permission;
  return may ? 'let through' : 'FORBIDDEN';
}

/** What a caller is answered; whatever else is wrong with the request is found out by those who may make it. */
async function outcomeOf(
  client: GraphQLClient,
  { query, variables }: { query: string; variables: object },
): Promise<Outcome> {
  const codes = query.startsWith('subscription')
    ? await codesOfSubscription(client, query, { ...variables })
    : ((await client.raw(query, { ...variables })).errors ?? []).map(({ extensions }) => extensions.code);
  for (const refused of ['FORBIDDEN', 'UNAUTHENTICATED'] as const)
    if (codes.includes(refused)) return refused;
  // BAD_INPUT is what comes behind the guard. Others would be said before it, or not be meant for anybody.
  expect(codes.filter((code) => code !== 'BAD_INPUT')).toEqual([]);
  return 'let through';
}

async function codesOfSubscription(
  client: GraphQLClient,
  query: string,
  variables: Record<string, unknown>,
): Promise<string[]> {
  try {
    for await (const _ of client.subscribe(query, variables)) return [];
    return [];
  } catch (error) {
    // A connection of nobody is closed before anything can be asked on it.
    if ((error as { code?: number }).code === 4403) return ['UNAUTHENTICATED'];
    const errors = Array.isArray(error) ? error : (JSON.parse((error as Error).message) as unknown[]);
    return errors.map((each) => (each as { extensions: { code: string } }).extensions.code);
  }
}
