import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { aTenant, idsOf, type Tenant } from '../attacks/tenants.js';
import { anApiKey } from '../support/builders/accounts.js';
import { schemaOf } from '../support/any-operation.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { random } from '../support/random.js';
import { type Canaries, findingIn } from './findings.js';
import { anyRequest } from './operations.js';
import { happens, pick, type Pool } from './values.js';

/** CI fuzzes for half a minute; `npm run test:fuzz` for ten, and looks at memory. */
const isLong = process.env['FUZZ_FORM'] === 'long';
const FOR_MS = isLong ? 600_000 : 25_000;
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const AT_ONCE = 8;
const MOST_FINDINGS = 10;
const MOST_SHOWN = 600;
/** For what is planted; it is found at the first request or so. */
const PATIENCE_MS = 60_000;
/** Caches are bounded and fill up; what leaks does not stop growing. */
const MOST_GROWTH = 1.25;
const THIRDS = 3;
const VICTIM = 'of-the-victim';

type Audience = 'business' | 'person' | 'admin';
const AUDIENCES = ['business', 'person', 'admin'] as const;

describe('operations made at random from the schemas', () => {
  let platform: TestPlatform;
  let victim: Tenant;
  let attacker: Tenant;
  let canaries: Canaries;
  let pool: Omit<Pool, 'nasty'>;
  let tokens: Record<Audience, string[]>;
  const schemas = Object.fromEntries(AUDIENCES.map((audience) => [audience, schemaOf(audience)])) as Record<
    Audience,
    GraphQLSchema
  >;

  beforeAll(async () => {
    platform = await startPlatform({ REQUEST_UNITS_ADDRESS: '1000000000' }, { worker: false });
    victim = await aTenant(platform, VICTIM);
    attacker = await aTenant(platform, 'of-the-attacker');
    const idsOfBoth = async ({ business, person, more }: Tenant) => [
      ...(await idsOf(business.owner)),
      ...(await idsOf(person.api)),
      ...more.business,
      ...more.person,
    ];
    const [theirs, own] = [await idsOfBoth(victim), await idsOfBoth(attacker)];
    const owner = attacker.business.owner.token ?? '';
    const { secret: key } = await anApiKey(platform, owner);
    const admin = platform.admin().token ?? '';
    tokens = { business: [owner, owner, key], person: [attacker.person.token], admin: [admin] };
    canaries = {
      marks: [VICTIM, victim.person.phone, victim.person.phone.slice(1)],
      ids: theirs,
      publicWords: [`Business ${VICTIM}`],
    };
    pool = {
      random: random(SEED),
      ids: [...theirs, ...own, victim.business.id, attacker.business.id, 'x', ''],
    };
  }, 300_000);
  afterAll(() => platform.stop());

  /** Mostly one that the endpoint knows, sometimes one of another endpoint, or none. */
  function aToken(audience: Audience): string | undefined {
    if (happens(pool, 0.05)) return undefined;
    return pick(pool, tokens[happens(pool, 0.9) ? audience : pick(pool, AUDIENCES)]);
  }

  /** Asks in several lines at once until the time is over, or enough was found. */
  async function fuzz(forMs: number, only?: { audience: Audience; fields: ReadonlySet<string> }) {
    const until = performance.now() + forMs;
    const findings: string[] = [];
    const reached = new Set<string>();
    let answered = 0;
    const line = async () => {
      while (performance.now() < until && findings.length < MOST_FINDINGS) {
        const audience = only?.audience ?? pick(pool, AUDIENCES);
        const token = aToken(audience);
        const { body, fields, valid } = anyRequest(pool, schemas[audience], only?.fields);
        const response = await fetch(`${platform.url}/${audience}/graphql`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          body,
        });
        const text = await response.text();
        answered++;
        // Admins read what businesses say of themselves; it is their work.
        const secret =
          token && tokens.admin.includes(token)
            ? { ...canaries, marks: canaries.marks.slice(1), ids: [] }
            : canaries;
        const finding = findingIn({ request: body, status: response.status, text }, secret);
        if (finding) {
          const asked = `${audience}, ${token?.slice(0, 3) ?? 'nobody'}, ${body}`;
          findings.push(`${finding}: ${asked} → ${text.slice(0, MOST_SHOWN)}`);
        }
        if (valid && response.status === 200) for (const field of fields) reached.add(`${audience} ${field}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, line));
    return { findings, reached, answered };
  }

  it(
    `break nothing, tell nothing of another tenant, and let no memory grow (FUZZ_SEED=${SEED})`,
    async () => {
      const heaps: number[] = [];
      const reached = new Set<string>();
      let answered = 0;
      for (let third = 0; third < THIRDS; third++) {
        const round = await fuzz(FOR_MS / THIRDS);
        expect(round.findings).toEqual([]);
        for (const field of round.reached) reached.add(field);
        answered += round.answered;
        platform.logs.length = 0; // kept by the test, not by the platform
        heaps.push(heapAfterCollection());
      }
      process.stdout.write(
        `${answered} operations, ${reached.size} fields reached, heap ${heaps.map((bytes) => Math.round(bytes / 2 ** 20)).join(' ')} MiB\n`,
      );
      if (isLong) {
        expect(heaps.at(-1)! / heaps[0]!).toBeLessThan(MOST_GROWTH);
      }
    },
    FOR_MS * 2 + 60_000,
  );

  it('would notice a statement that fails', async () => {
    const sound = plantFault((sql) => (sql.includes('FROM template') ? 'SELECT 1 / 0' : sql));
    const { findings } = await fuzz(PATIENCE_MS, { audience: 'business', fields: new Set(['templates']) });
    sound();
    expect(findings.join('\n')).toMatch(/^an unexpected error/m);
  });

  it('would notice what is another tenant’s, once both walls are down', async () => {
    await platform.database.sql('ALTER TABLE webhook_endpoint DISABLE ROW LEVEL SECURITY');
    const sound = plantFault((sql) => sql.replace('business_id = $1', '$1::uuid IS NOT NULL'));
    const { findings } = await fuzz(PATIENCE_MS, {
      audience: 'business',
      fields: new Set(['webhookEndpoints']),
    });
    sound();
    expect(findings.join('\n')).toMatch(/^an id of another tenant/m);
  });
});

/** Bytes of live objects. */
function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
