/** A PostgreSQL that already runs, named by TEST_DATABASE_URL: a superuser's URL of a server kept for tests. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

async function asSuperuser(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the two login roles that the embedded server has, and returns the URLs of all three. */
export async function prepareGivenServer(superuserUrl) {
  const roles = { assent_owner: 'CREATEDB CREATEROLE', assent_app: 'NOINHERIT' };
  return asSuperuser(superuserUrl, async (client) => {
    const urls = {};
    for (const [role, rights] of Object.entries(roles)) {
      const password = randomBytes(16).toString('hex');
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
      await client.query(
        `${rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN ${rights} PASSWORD '${password}'`,
      );
      const url = new URL(superuserUrl);
      url.username = role;
      url.password = password;
      urls[role] = url.href;
    }
    const { rows } = await client.query(
      "SELECT current_setting('server_version_num')::int >= 160000 AS strict",
    );
    // Since PostgreSQL 16 a role with CREATEROLE manages only the roles that it was given to manage.
    if (rows[0].strict) {
      await client.query('GRANT assent_app TO assent_owner WITH ADMIN TRUE, INHERIT FALSE, SET FALSE');
    }
    return { superuserUrl, ownerUrl: urls.assent_owner, appUrl: urls.assent_app };
  });
}

/** Drops the databases of one test run, found by their prefix; the roles stay for the next run. */
export async function dropDatabases(superuserUrl, prefix) {
  await asSuperuser(superuserUrl, async (client) => {
    const { rows } = await client.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
      prefix,
    ]);
    for (const { datname } of rows) {
      const name = client.escapeIdentifier(datname);
      await client.query(`ALTER DATABASE ${name} IS_TEMPLATE false`);
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  });
}
