import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkKeys, Database, KeyRing } from '@assent/platform';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const aKey = () => randomBytes(32).toString('base64');

describe('a database that was written with keys', () => {
  const first = aKey();
  const second = aKey();
  let platform: TestPlatform;
  let database: Database;

  beforeAll(async () => {
    platform = await startPlatform({ ASSENT_KEYS: `1:${first}` }, { worker: false });
    database = platform.app.get(Database, { strict: false });
  });
  afterAll(() => platform.stop());

  const open = (keys: string) => checkKeys(database, KeyRing.parse(keys));

  it('opens with the same keys, and with one version more', async () => {
    await open(`1:${first}`);
    await open(`1:${first},2:${second}`);
  });

  it('does not open with another key, nor without one that was used', async () => {
    await expect(open(`1:${aKey()},2:${second}`)).rejects.toThrow(
      /ASSENT_KEYS .* version 1 is another key or missing/,
    );
    await expect(open(`1:${first}`)).rejects.toThrow(/version 2 is another key or missing/);
  });

  it('takes no key over from a start that it refused', async () => {
    await expect(open(`1:${aKey()},2:${second},3:${aKey()}`)).rejects.toThrow(/version 1/);
    await open(`1:${first},2:${second},3:${aKey()}`);
  });
});
