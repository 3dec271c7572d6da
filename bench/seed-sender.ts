/** A business that may send, with a key and a template. */
import type pg from 'pg';
import { type KeyRing, platform } from './platform.ts';
import type { Sender } from './population.ts';

const BODY =
  'Hello {name}, your order with {n, plural, one {# item} other {# items}} for {total} has left our warehouse and will be ' +
  'with you on {day, date, long}. Thank you for shopping with us, and see you soon!';
const PARAMETERS = [
  { name: 'name', type: 'TEXT', domain: null, example: 'Ada' },
  { name: 'n', type: 'NUMBER', domain: null, example: '2' },
  { name: 'total', type: 'MONEY', domain: null, example: '12.50 EUR' },
  { name: 'day', type: 'DATE', domain: null, example: '2026-12-01' },
];

/** What a message of the template is asked for with: about 200 characters once it is rendered. */
export const TEMPLATE = {
  name: 'order-left',
  parameters: [
    { name: 'name', value: 'Ada Nord' },
    { name: 'n', value: '3' },
    { name: 'total', value: '123.45 EUR' },
    { name: 'day', value: '2026-12-01' },
  ],
};

let seeded = 0;

/** VERIFIED, of unlimited reach, with a SERVICE template that has a parameter of each kind. */
export async function seedSender(db: pg.PoolClient, keys: KeyRing): Promise<Omit<Sender, 'nr'>> {
  const now = Date.now();
  const [id, member, template, version, admin] = Array.from({ length: 5 }, () => platform.uuid7(now));
  if (!id) throw new Error('There is no id');
  const apiKey = platform.newSecret('ak_live');
  await db.query(
    `INSERT INTO business (id, display_name, country, status, reach_tier, created_at)
     VALUES ($1, 'Bench', 'DE', 'VERIFIED', 'UNLIMITED', assent_now())`,
    [id],
  );
  await db.query(
    `INSERT INTO member (id, business_id, email, name, role, created_at) VALUES ($1, $2, $3, 'Bench', 'OWNER', assent_now())`,
    [member, id, `bench-${++seeded}@example.com`],
  );
  await db.query(
    `INSERT INTO api_key (id, business_id, name, key_hash, hint, scopes, created_by, created_at)
     VALUES ($1, $2, 'bench', $3, 'benc', $4, $5, assent_now())`,
    [
      platform.uuid7(now),
      id,
      platform.hashSecret(keys, apiKey),
      ['messages:send', 'messages:read', 'contacts:match', 'consents:import'],
      member,
    ],
  );
  await db.query(`INSERT INTO admin (id, name, created_at) VALUES ($1, 'Bench', assent_now())`, [admin]);
  await db.query(
    `INSERT INTO template (id, business_id, name, purpose, sending_version_id, created_at)
     VALUES ($1, $2, $3, 'SERVICE', $4, assent_now())`,
    [template, id, TEMPLATE.name, version],
  );
  await db.query(
    `INSERT INTO template_version (id, template_id, business_id, nr, state, default_language, parameters, created_at,
       submitted_at, decided_by, decided_at)
     VALUES ($1, $2, $3, 1, 'APPROVED', 'en', $4, assent_now(), assent_now(), $5, assent_now())`,
    [version, template, id, JSON.stringify(PARAMETERS), admin],
  );
  await db.query(
    `INSERT INTO template_text (version_id, language, business_id, body) VALUES ($1, 'en', $2, $3)`,
    [version, id, BODY],
  );
  // Its reactions are in: a version that nobody knows yet would be held back.
  await db.query(
    `INSERT INTO template_sample (template_id, business_id, version_id, began_at, used, out_ms, passed_at)
     VALUES ($1, $2, $3, assent_now() - interval '1 hour', 1000, 0, assent_now() - interval '1 minute')`,
    [template, id, version],
  );
  return { id, apiKey };
}
