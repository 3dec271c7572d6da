import { randomBytes } from 'node:crypto';
import { prepareGivenServer } from './given-server.mjs';
import { startServer } from './postgres-server.mjs';

/** Has one PostgreSQL ready for the run and tells the tests, which run in other processes, by environment. */
export default async function setUp() {
  const given = process.env.TEST_DATABASE_URL;
  const { ownerUrl, appUrl, superuserUrl } = given ? await prepareGivenServer(given) : await startServer();
  process.env.TEST_OWNER_URL = ownerUrl;
  process.env.TEST_APP_URL = appUrl;
  process.env.TEST_SUPERUSER_URL = superuserUrl;
  // Every database that tests make begins with it: what several runs on one server keep apart, and what is dropped.
  process.env.TEST_DATABASE_PREFIX = `assent_test_${randomBytes(4).toString('hex')}_`;
}
