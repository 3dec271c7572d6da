import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publicId, uuid7 } from '@assent/platform';
import { OperationTypeNode } from 'graphql';
import { type AnyOperation, schemaOf } from '../support/any-operation.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { type Probe, probesOf } from './probes.js';
import { aTenant, fingerprint, idsOf, type Tenant } from './tenants.js';

type Audience = 'business' | 'person';

/** Stand in all texts of theirs. */
const VICTIM = 'of-the-victim';
const ATTACKER = 'of-the-attacker';
/** Places of ids that are everybody's: whoever writes to a business names it. */
const OF_EVERYBODY = /\.?(business|handle)$/;
/** Where one's own id looks like nobody's in this world. */
const LOOK_ALIKE = [
  'query webhookDeliveries endpoint', // nothing was tried at it yet
  'mutation unlinkMember input.member', // nobody signs in by a provider here: test/accounts/single-sign-on.spec.ts
];
/** The schemas are walked, so that a new operation is attacked without a word here. */
const PROBES = (['business', 'person'] as const).flatMap((audience) => {
  const schema = schemaOf(audience);
  return [OperationTypeNode.QUERY, OperationTypeNode.MUTATION].flatMap((type) =>
    Object.keys(schema.getRootType(type)?.getFields() ?? {}).flatMap((name) =>
      probesOf(schema, type, name)
        .filter((probe) => !OF_EVERYBODY.test(probe.name))
        .map((probe) => ({ audience, probe })),
    ),
  );
});
const MOST_TRIES = 500;
/** What takes something away comes last, so that the others still find it. */
const TAKES_AWAY = /revoke|delete|remove|cancel|close/;

describe('ids of another tenant', () => {
  let platform: TestPlatform;
  let victim: Tenant;
  let attacker: Tenant;
  const ids: Record<Audience, string[]> = { business: [], person: [] };
  const own = new Map<GraphQLClient, Record<string, string>>();
  let before: object;
  /** Places of ids where the victim's own one makes a difference to the victim. */
  const reached = new Set<string>();

  const clientOf = ({ business, person }: Tenant, audience: Audience) =>
    audience === 'business' ? business.owner : person.api;

  beforeAll(async () => {
    platform = await startPlatform(
      {
        GRAPHQL_MOST_ALIASES: '1000',
        GRAPHQL_MOST_TOKENS: '100000',
        GRAPHQL_MOST_COST: '1000000',
        GRAPHQL_MOST_DEPTH: '100',
      },
      { worker: false },
    );
    victim = await aTenant(platform, VICTIM);
    attacker = await aTenant(platform, ATTACKER);
    for (const tenant of [attacker, victim]) {
      for (const audience of ['business', 'person'] as const) {
        const client = clientOf(tenant, audience);
        ids[audience] = [...(await idsOf(client)), ...tenant.more[audience]];
        const one = (kind: string) => ids[audience].find((id) => id.startsWith(kind)) ?? '';
        own.set(client, {
          ...(audience === 'business' ? { contact: one('ctc') } : { business: tenant.business.id }),
          endpoint: one('whk'),
          event: tenant.event,
        });
      }
    }
    before = await fingerprint(platform, victim);
  }, 120_000);
  afterAll(() => platform.stop());

  it('are of every kind that there is', () => {
    const kinds = (audience: Audience) =>
      [...new Set(ids[audience].map((id) => id.slice(0, 3)))].sort().join(' ');
    expect(kinds('business')).toBe('aud ctc evt imp key med mem msg nte rev rst rtc tpl tpv ver whk');
    expect(kinds('person')).toBe('ctc dev evt exp med msg ntc qst rpt');
  });

  it.each(PROBES)(
    'are answered in $probe.name like ids of nobody, on the $audience endpoint',
    async ({ audience, probe }) => {
      for (const id of ids[audience]) {
        let [stranger, nobody] = await bothAnswers(clientOf(attacker, audience), probe, id, own);
        // What is a handle of one viewer reads for another as 16 random bytes, of which one in 64 looks like an id.
        // Both are asked again: budgets that refill with time may have done so between the two.
        for (let tries = 0; stranger !== nobody && tries < MOST_TRIES; tries++) {
          [stranger, nobody] = await bothAnswers(clientOf(attacker, audience), probe, id, own);
        }
        expect(stranger).toBe(nobody);
        expect(stranger).not.toMatch(VICTIM);
      }
    },
  );

  it('have changed nothing of whose they are', async () => {
    expect(await fingerprint(platform, victim)).toEqual(before);
  });

  it('would have been answered otherwise, and have changed something, had they been the caller’s own', async () => {
    const order = [...PROBES].sort(
      (a, b) => Number(TAKES_AWAY.test(a.probe.name)) - Number(TAKES_AWAY.test(b.probe.name)),
    );
    for (const { audience, probe } of order) {
      for (const id of ids[audience]) {
        const [mine, nobody] = await bothAnswers(clientOf(victim, audience), probe, id, own);
        if (mine !== nobody) reached.add(probe.name);
      }
    }
    expect(order.map(({ probe }) => probe.name).filter((name) => !reached.has(name))).toEqual(LOOK_ALIKE);
    expect(await fingerprint(platform, victim)).not.toEqual(before);
  }, 120_000);
});

/** How one viewer is answered for an id, and for one of the same kind that nobody has. */
async function bothAnswers(
  client: GraphQLClient,
  probe: Probe,
  id: string,
  own: Map<GraphQLClient, Record<string, string>>,
): Promise<[string, string]> {
  const others = own.get(client) ?? {};
  const nobodys = id.replace(/^([a-z]{3})_\w+/, (_, kind) => publicId(kind as never, uuid7(Date.now())));
  return [
    await answer(client, probe.with(id, others), id),
    await answer(client, probe.with(nobodys, others), nobodys),
  ];
}

/** An answer without what differs from request to request. */
async function answer(
  client: GraphQLClient,
  { query, variables }: AnyOperation,
  id: string,
): Promise<string> {
  const { data, errors, status } = await client.raw(query, variables);
  const codes = (errors ?? []).map(({ extensions }) => extensions.code);
  expect(codes).not.toContain('INTERNAL_SERVER_ERROR');
  return JSON.stringify({ data, errors, status })
    .replaceAll(id, '<id>')
    .replaceAll(/\b[a-z]{3}_[0-9a-z]{20,}\b/g, '<another id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/(correlation|probe)-\d+/g, '<key>');
}
