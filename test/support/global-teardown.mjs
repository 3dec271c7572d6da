import { dropDatabases } from './given-server.mjs';
import { stopServer } from './postgres-server.mjs';

/** Leaves nothing of the run behind: neither a server of ours nor databases on one that was given. */
export default async function tearDown() {
  const given = process.env.TEST_DATABASE_URL;
  await (given ? dropDatabases(given, process.env.TEST_DATABASE_PREFIX) : stopServer());
}
