import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OperationTypeNode } from 'graphql';
import { schemaOf } from '../support/any-operation.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { GRAPHQL } from './groups.js';
import { type Probe, probesOf } from './probes.js';
import { aTenant, idsOf, type Tenant } from './tenants.js';

const AUDIENCES = ['business', 'person', 'admin'] as const;
type Audience = (typeof AUDIENCES)[number];

/** What has broken parsers, databases, terminals and spreadsheets; the mark tells whether it came through. */
const MARK = 'Evil';
const EVIL: Record<string, string> = {
  'a zero byte': `${MARK}\0`,
  'half a pair of surrogates': `${MARK}\ud800`,
  'a line of its own in a log, in colour': `\u001b[31m${MARK}\r\n{"level":60,"msg":"forged"}`,
  'a turn of direction': `${MARK}\u202egpj.exe`,
  SQL: `${MARK}'); DROP TABLE person; --`,
  'a prototype': '__proto__',
  '100,000 characters': 'x'.repeat(100_000),
};
/** What the rules of inputs let through, by the name of the field: so that one place at a time is evil. */
const SOUND: Record<string, string> = {
  appealText: 'Sound',
  code: '123456',
  confirm: 'Sound',
  country: 'DE',
  description: 'Sound',
  displayName: 'Sound',
  email: 'nobody@example.com',
  emoji: '👍',
  externalId: 'customer-0',
  from: '22:00',
  language: 'en',
  legalName: 'Sound',
  ownerEmail: 'nobody@example.com',
  ownerName: 'Sound',
  phone: '+4930901820',
  publicKey: Buffer.alloc(32, 9).toString('base64'),
  reason: 'Sound',
  registrationNumber: 'HRB 1',
  scopes: 'messages:read',
  search: 'Sound',
  sha256: 'a'.repeat(64),
  text: 'Sound',
  timeZone: 'Europe/Berlin',
  to: '07:00',
  type: 'image/png',
  types: 'message.status',
  url: 'https://example.com/hook',
  website: 'https://example.com',
};
/** Sends requests to the world outside, and would wait for it. */
const ASKS_OUTSIDE = /submitVerification/;
/** A session that ends would be the end of the others. */
const LEFT_OUT = /signOut|eraseMe/;

const PLACES = AUDIENCES.flatMap((audience) => {
  const schema = schemaOf(audience);
  return [OperationTypeNode.QUERY, OperationTypeNode.MUTATION].flatMap((type) =>
    Object.keys(schema.getRootType(type)?.getFields() ?? {})
      .filter((name) => !LEFT_OUT.test(name))
      .flatMap((name) => probesOf(schema, type, name, 'String').map((probe) => ({ audience, probe }))),
  );
});

let platform: TestPlatform;
let tenant: Tenant;
const clients = {} as Record<Audience, GraphQLClient>;
const own: Record<string, string> = {};
const passed = new Set<string>();

beforeAll(async () => {
  platform = await startPlatform(
    {
      REQUEST_UNITS_ADDRESS: '1000000000',
      GRAPHQL_MOST_ALIASES: '1000',
      GRAPHQL_MOST_TOKENS: '100000',
      GRAPHQL_MOST_COST: '1000000',
      GRAPHQL_MOST_DEPTH: '100',
    },
    { worker: false },
  );
  tenant = await aTenant(platform, 'of-the-writer');
  clients.business = tenant.business.owner;
  clients.person = tenant.person.api;
  clients.admin = platform.admin();
  const ids = [...(await idsOf(clients.business)), ...tenant.more.business];
  const one = (kind: string) => ids.find((id) => id.startsWith(kind)) ?? '';
  Object.assign(own, {
    business: tenant.business.id,
    contact: one('ctc'),
    endpoint: one('whk'),
    event: tenant.event,
    message: one('msg'),
    restriction: one('rst'),
    review: one('rev'),
  });
}, 300_000);
afterAll(() => platform.stop());

/** How each evil text at a place was taken, where it was not refused or stored in an orderly way. */
async function harmDoneAt(audience: Audience, probe: Probe): Promise<string[]> {
  const harms: string[] = [];
  const last =
    probe.name
      .split('.')
      .filter((part) => Number.isNaN(Number(part)))
      .at(-1) ?? '';
  const sound = probe.with(SOUND[last.split(' ').at(-1) ?? ''] ?? 'sound', { ...SOUND, ...own });
  const answer = ASKS_OUTSIDE.test(probe.name)
    ? undefined
    : await clients[audience].raw(sound.query, sound.variables);
  if (answer && !answer.errors) passed.add(`${audience} ${probe.name}`);
  for (const [name, text] of Object.entries(EVIL)) {
    const { query, variables } = probe.with(text, { ...SOUND, ...own });
    const { status, errors } = await clients[audience].raw(query, variables);
    const codes = (errors ?? []).map(({ extensions }) => extensions.code);
    if (status >= 500 || codes.includes('INTERNAL_SERVER_ERROR')) harms.push(name);
  }
  return harms;
}

describe(GRAPHQL.input, () => {
  it.each(PLACES)(
    'takes no harm from evil texts at $probe.name of the $audience endpoint',
    async ({ audience, probe }) => {
      expect(await harmDoneAt(audience, probe)).toEqual([]);
    },
  );
});

describe(GRAPHQL.injection, () => {
  it('has reached what lies behind the rules of inputs at many places', () => {
    expect(passed.size).toBeGreaterThan(PLACES.length / 3);
  });

  it('has forged no line of the log, and coloured none', () => {
    for (const line of platform.logs) {
      expect(line.trimEnd()).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' });
    }
  });

  it('has written nothing of all of this into the log', () => {
    expect(platform.logs.filter((line) => line.includes(MARK))).toEqual([]);
  });

  it('has left every table where it was', async () => {
    const [row] = await platform.database.sql<{ count: string }>('SELECT count(*) FROM person');
    expect(Number(row?.count)).toBeGreaterThan(0);
  });

  it('has given objects no new properties', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
