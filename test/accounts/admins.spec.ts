import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CreateAdminToken, CreateFirstAdmin } from '@assent/accounts';
import { startPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
});
afterAll(() => platform.stop());

const ADMIN = '{ admin { id } }';
const DAY_MS = 86_400_000;

it('makes one first admin, however many processes start at once', async () => {
  await platform.database.sql('DELETE FROM admin_token');
  await platform.database.sql('DELETE FROM admin');
  const first = platform.app.get(CreateFirstAdmin, { strict: false });
  const made = (await Promise.all(Array.from({ length: 8 }, () => first.execute()))).filter(Boolean);
  expect(made).toHaveLength(1);
  expect(await platform.admin(made[0]!.token).do(ADMIN)).toMatchObject({ admin: {} });
  expect(await first.execute()).toBeUndefined();
});

it('gives an operator who lost the token another one, of the same admin, for 90 days', async () => {
  const tokens = platform.app.get(CreateAdminToken, { strict: false });
  const [one, other] = [await tokens.execute(), await tokens.execute()];
  expect(await platform.admin(one.token).do(ADMIN)).toEqual(await platform.admin(other.token).do(ADMIN));
  const rows = await platform.database.sql<{ row: string }>('SELECT t::text AS row FROM admin_token t');
  for (const { row } of rows) expect(row).not.toContain(one.token);
  await platform.shiftClock(90 * DAY_MS + 60_000);
  expect((await platform.admin(one.token).raw(ADMIN)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  await platform.shiftClock(0);
});
