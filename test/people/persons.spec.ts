import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ForgetExpired } from '@assent/people';
import { aPerson, aPhone, enterCode, requestCode } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const DAY = 24 * 60 * 60_000;
const ME = '{ me { phone country verifiedAt } }';
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
});
afterAll(() => platform.stop());

/** How many rows there are of what one person has one of. */
async function counts(): Promise<number[]> {
  const tables = ['person', 'person_guard', 'person_number', 'number_directory'];
  const [row] = await platform.database.sql<Record<string, string>>(
    `SELECT ${tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join(', ')}`,
  );
  return tables.map((table) => Number(row![table]));
}

describe('a first verification', () => {
  it('makes a person who sees their own number', async () => {
    const [before] = await counts();
    const person = await aPerson(platform);
    const { me } = await person.api.do(ME);
    expect(me).toMatchObject({ phone: person.phone, country: 'DE' });
    expect(Math.abs(Date.parse(me.verifiedAt) - Date.now())).toBeLessThan(10_000);
    expect(await counts()).toEqual(Array(4).fill(before! + 1));
  });

  it('makes one person of two devices that race to verify the same new number', async () => {
    const [before] = await counts();
    const phone = aPhone();
    await requestCode(platform, phone);
    const code = platform.code(phone);
    const all = (number: string) =>
      Promise.all(Array.from({ length: 8 }, () => enterCode(platform, number, code)));
    // Opens as many connections to the database: else the first device is through before the second has one.
    await all(aPhone());
    const answers = await all(phone);
    expect(answers.filter(({ token }) => token)).toHaveLength(1);
    expect(answers.filter(({ reason }) => reason === 'CODE_INVALID')).toHaveLength(7);

    // The devices that lost ask again, all at the same time, each entering the newest code that there is.
    const asked = Array.from({ length: 4 }, async () => {
      await requestCode(platform, phone);
      return enterCode(platform, phone, platform.code(phone));
    });
    expect((await Promise.all(asked)).some(({ token }) => token)).toBe(true);
    expect(await counts()).toEqual(Array(4).fill(before! + 1));
  });

  it('keeps the number sealed and indexed under a key only', async () => {
    const { phone } = await aPerson(platform);
    const plain = Buffer.from(phone);
    const hashed = createHash('sha256').update(phone).digest();
    for (const table of ['person_number', 'number_directory', 'phone_code', 'person', 'person_session']) {
      const [row] = await platform.database.sql<{ all: string | null }>(
        `SELECT string_agg(to_jsonb(t)::text, '') AS all FROM ${table} t`,
      );
      for (const bytes of [plain, hashed, plain.subarray(1)]) {
        expect(row?.all).not.toContain(bytes.toString('hex'));
      }
      expect(row?.all).not.toContain(phone.slice(1));
    }
  });

  it('spreads persons over lanes', async () => {
    await Promise.all(Array.from({ length: 12 }, () => aPerson(platform)));
    const [row] = await platform.database.sql<{ lanes: string }>(
      'SELECT count(DISTINCT lane) AS lanes FROM person',
    );
    expect(Number(row!.lanes)).toBeGreaterThan(6);
  });
});

describe('a later verification', () => {
  it('signs the same person in on another device', async () => {
    const first = await aPerson(platform);
    const [before] = await counts();
    const second = await aPerson(platform, { phone: first.phone });
    expect(second.token).not.toBe(first.token);
    expect(await counts()).toEqual(Array(4).fill(before));
    const [one, two] = [await first.api.do(ME), await second.api.do(ME)];
    expect(one).toEqual(two);
  });
});

describe('a session', () => {
  const codeOf = async (token: string | undefined) =>
    (await platform.person(token).raw(ME)).errors?.[0]?.extensions.code;

  it('is needed, and no other secret will do', async () => {
    const { token } = await aPerson(platform);
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect(await codeOf(undefined)).toBe('UNAUTHENTICATED');
    for (const wrong of ['', 'x', forged, `mst_${token.slice(4)}`, `${token}x`]) {
      expect(await codeOf(wrong)).toBe('UNAUTHENTICATED');
    }
  });

  it('ends by itself after 30 days', async () => {
    const { token } = await aPerson(platform);
    await platform.shiftClock(30 * DAY - 60_000);
    expect(await codeOf(token)).toBeUndefined();
    await platform.shiftClock(30 * DAY);
    expect(await codeOf(token)).toBe('UNAUTHENTICATED');
    await platform.shiftClock(0);
  });

  it('ends when its own device signs out, and no other session with it', async () => {
    const first = await aPerson(platform);
    const second = await aPerson(platform, { phone: first.phone });
    expect(await first.api.do('mutation { signOut { signedOut } }')).toEqual({
      signOut: { signedOut: true },
    });
    expect(await codeOf(first.token)).toBe('UNAUTHENTICATED');
    expect(await codeOf(second.token)).toBeUndefined();
  });

  it('is recognised for many who ask at once, each as themselves', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => aPerson(platform)));
    const asked = [...people, ...people, ...people];
    const answers = await Promise.all(asked.map(({ api }) => api.do(ME)));
    expect(answers.map(({ me }) => me.phone)).toEqual(asked.map(({ phone }) => phone));
  });

  it('is forgotten with its code when both have expired', async () => {
    await aPerson(platform);
    await platform.shiftClock(31 * DAY);
    const forget = platform.app.get(ForgetExpired, { strict: false });
    expect(await forget.execute()).toBeGreaterThan(1);
    expect(await forget.execute()).toBe(0);
    const rows = await platform.database.sql('SELECT FROM phone_code UNION ALL SELECT FROM person_session');
    expect(rows).toHaveLength(0);
    await platform.shiftClock(0);
  });
});
