/** What a bench runs in: an embedded PostgreSQL with the platform's own settings, one API process, seeded people. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { MIGRATIONS, platform } from './platform.ts';

const BODY =
  'Hello {name}, your order with {n, plural, one {# item} other {# items}} for {total} has left our warehouse and will be ' +
  'with you on {day, date, long}. Thank you for shopping with us, and see you soon!';
const PARAMETERS = [
  { name: 'name', type: 'TEXT', domain: null, example: 'Ada' },
  { name: 'n', type: 'NUMBER', domain: null, example: '2' },
  { name: 'total', type: 'MONEY', domain: null, example: '12.50 EUR' },
  { name: 'day', type: 'DATE', domain: null, example: '2026-12-01' },
];

/** A running platform with one verified business and its contacts. */
export interface World {
  url: string;
  apiKey: string;
  /** Handles of the business's contacts. */
  contacts: string[];
  /** Environment of the platform's processes; without a PORT. */
  environment: Record<string, string>;
  /** Process id of the API. */
  apiPid: number;
  /** A pool with the rights of the owner, for the raw limits. */
  owner: pg.Pool;
  close(): Promise<void>;
}

/** Starts everything and seeds `people` people who are all contacts of one business of unlimited reach. */
export async function createWorld(people: number): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'assent-bench-'));
  chmodSync(directory, 0o755);
  const server = await platform.EmbeddedPostgres.start({ directory: join(directory, 'postgres') });
  let api: ChildProcess | undefined;
  const superuser = new pg.Pool({
    connectionString: server.superuserUrl.replace(/\/postgres$/, '/assent'),
    max: 4,
  });
  const close = async () => {
    api?.kill('SIGTERM');
    await superuser.end();
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await platform.migrate(server.ownerUrl, MIGRATIONS);
    const ring = `1:${randomBytes(32).toString('base64')}`;
    const { apiKey, contacts } = await seed(superuser, ring, people);
    const port = await freePort();
    const environment = {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      DATABASE_URL: server.appUrl,
      ASSENT_KEYS: ring,
      LOG_LEVEL: 'error',
      // One key sends as fast as the machine can.
      REQUEST_UNITS_KEY: '1000000000',
      // Beyond any machine: it is counted, and never in the way.
      TEMPLATE_SAMPLE: '1000000',
      THROUGHPUT_PER_SECOND: '1000000,1000000,1000000,1000000,1000000',
      PUBLIC_URL: 'http://127.0.0.1',
    };
    api = spawn(process.execPath, ['dist/apps/api/src/main.js'], {
      env: { ...environment, PORT: String(port) },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const url = `http://127.0.0.1:${port}`;
    await ready(url);
    const apiPid = api.pid ?? 0;
    return { url: `${url}/business/graphql`, apiKey, contacts, environment, apiPid, owner: superuser, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function seed(
  db: pg.Pool,
  ring: string,
  people: number,
): Promise<{ apiKey: string; contacts: string[] }> {
  const keys = platform.KeyRing.parse(ring);
  const handles = new platform.Handles(keys);
  const [clock] = (await db.query<{ now: Date }>('SELECT assent_now() AS now')).rows;
  const now = clock?.now.getTime() ?? 0;
  const businessId = platform.uuid7(now);
  const memberId = platform.uuid7(now);
  const apiKey = platform.newSecret('ak_live');
  await db.query(
    `INSERT INTO business (id, display_name, country, status, reach_tier, created_at)
     VALUES ($1, 'Bench', 'DE', 'VERIFIED', 'UNLIMITED', assent_now())`,
    [businessId],
  );
  await db.query(
    `INSERT INTO member (id, business_id, email, name, role, created_at)
     VALUES ($1, $2, 'bench@example.com', 'Bench', 'OWNER', assent_now())`,
    [memberId, businessId],
  );
  await db.query(
    `INSERT INTO api_key (id, business_id, name, key_hash, hint, scopes, created_by, created_at)
     VALUES ($1, $2, 'bench', $3, 'benc', '{messages:send,consents:import}', $4, assent_now())`,
    [platform.uuid7(now), businessId, platform.hashSecret(keys, apiKey), memberId],
  );
  await seedTemplate(db, businessId);
  const contacts: string[] = [];
  for (let done = 0; done < people; done += 10_000) {
    const lanes: number[] = [];
    const persons: string[] = [];
    const ids: string[] = [];
    const salts: Buffer[] = [];
    for (let at = done; at < Math.min(people, done + 10_000); at++) {
      const lane = at % 1024;
      lanes.push(lane);
      persons.push(platform.uuid7(now, lane));
      const id = platform.uuid7(now, lane);
      ids.push(id);
      salts.push(randomBytes(32));
      contacts.push(handles.seal(`business:${businessId}`, 'ctc', id));
    }
    await db.query(
      `WITH someone AS (SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::bytea[]) AS t (lane, person_id, id, salt)),
        person AS (INSERT INTO person (lane, id, country, created_at) SELECT lane, person_id, 'DE', assent_now() FROM someone),
        guard AS (INSERT INTO person_guard (lane, person_id) SELECT lane, person_id FROM someone)
       INSERT INTO contact (lane, id, business_id, person_id, content_salt, created_at)
       SELECT lane, id, $5, person_id, salt, assent_now() FROM someone`,
      [lanes, persons, ids, salts, businessId],
    );
  }
  await db.query('VACUUM ANALYZE');
  return { apiKey, contacts };
}

/** A SERVICE template of some length with a parameter of each kind, as a business would have one. */
async function seedTemplate(db: pg.Pool, businessId: string): Promise<void> {
  const [template, version, admin] = [1, 2, 3].map(() => platform.uuid7(Date.now()));
  await db.query(`INSERT INTO admin (id, name, created_at) VALUES ($1, 'Bench', assent_now())`, [admin]);
  await db.query(
    `INSERT INTO template (id, business_id, name, purpose, created_at) VALUES ($1, $2, 'order-left', 'SERVICE', assent_now())`,
    [template, businessId],
  );
  await db.query(
    `INSERT INTO template_version (id, template_id, business_id, nr, state, default_language, parameters, created_at,
       submitted_at, decided_by, decided_at)
     VALUES ($1, $2, $3, 1, 'APPROVED', 'en', $4, assent_now(), assent_now(), $5, assent_now())`,
    [version, template, businessId, JSON.stringify(PARAMETERS), admin],
  );
  await db.query(
    `INSERT INTO template_text (version_id, language, business_id, body) VALUES ($1, 'en', $2, $3)`,
    [version, businessId, BODY],
  );
  await db.query(`UPDATE template SET sending_version_id = $2 WHERE id = $1`, [template, version]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

async function ready(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(100);
  }
  throw new Error('The API was not ready within 30 s');
}
