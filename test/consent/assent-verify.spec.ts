import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from '../processes/build.js';
import { Child } from '../processes/child.js';
import { change } from './consent-platform.js';
import { KEYS, type LogPlatform, receiptOf, startLog } from './log-platform.js';

let log: LogPlatform;
let key: string;
const folder = mkdtempSync(join(tmpdir(), 'assent-verify-'));

beforeAll(() => build(), 180_000);
beforeAll(async () => {
  log = await startLog({}, { worker: true });
  key = await log.key();
});
afterAll(async () => {
  await log.platform.stop();
  rmSync(folder, { recursive: true });
});

/** The receipt of a stop of one purpose. */
async function aReceipt() {
  const person = await log.aPerson();
  const { eventId } = await change(person, 'stop', { purpose: 'MARKETING' });
  return { person, receipt: await receiptOf(person, eventId) };
}

function save(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Runs the built program, as npx does. */
async function verify(...args: string[]): Promise<{ code: number | string; output: string }> {
  const child = Child.start(process.execPath, ['dist/apps/verify/src/main.js', ...args], {});
  const code = await child.exit();
  return { code, output: child.output };
}

describe('npx assent-verify', () => {
  it('says that a receipt holds, and what it was checked with', async () => {
    const { person, receipt } = await aReceipt();
    const file = save('receipt.json', receipt.document);
    const pinned = await verify(file, '--key', save('key', `${key}\n`));
    expect(pinned).toMatchObject({ code: 0, output: expect.stringContaining('receipt.json holds.') });
    expect(pinned.output).toContain(`STOP of MARKETING, all businesses, by PERSON through app, at 20`);
    expect(pinned.output).toContain(`entry 1 in the ledger of person ${person.personId}`);
    expect(pinned.output).toContain(`Signed with the key that you gave:\n    ${key}`);
    const { code, output } = await verify(file);
    expect(code).toBe(0);
    expect(output).toContain('only that it is consistent with the key that is inside the file');
  });

  it('says that a receipt does not hold', async () => {
    const { receipt } = await aReceipt();
    const file = save(
      'forged.json',
      receipt.document.replace('"event_state": "WITHDRAWN"', '"event_state": "GIVEN"'),
    );
    expect(await verify(file, '--key', key)).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /^\S+forged\.json does not hold\.\n {2}person \S+, entry 1: the signature/,
      ),
    });
  });

  it('checks what npm run ledger:dump writes', async () => {
    await aReceipt();
    const settings = { DATABASE_URL: log.database.appUrl, ASSENT_KEYS: KEYS };
    const child = Child.start(
      'sh',
      ['-c', 'exec node dist/apps/platform/src/ledger-dump.js 2>/dev/null'],
      settings,
    );
    expect(await child.exit()).toBe(0);
    const file = save('ledger.ndjson', child.output);
    const kept = save('checkpoint', (await log.read('checkpoint')).text);
    const { code, output } = await verify(file, '--key', key, '--checkpoint', kept);
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(
        /ledger\.ndjson holds\.\n {2}consent ledger\n {2}entries: \d+, of persons: \d+; erased: 0\n/,
      ),
    ]);
    const lines = child.output.split('\n');
    const forged = save('forged.ndjson', lines.toSpliced(2, 1).join('\n'));
    expect(await verify(forged)).toMatchObject({ code: 1, output: expect.stringContaining('\n  line 3') });
  });

  it('says what it can not check', async () => {
    const { receipt } = await aReceipt();
    const file = save('sound.json', receipt.document);
    for (const args of [
      [],
      [file, file],
      [join(folder, 'nothing')],
      [file, '--key', 'x'],
      [file, '--other'],
    ]) {
      expect((await verify(...args)).code).toBe(2);
    }
    expect((await verify(file, '--checkpoint', file)).output).toContain('add --key');
    expect(await verify(save('empty', ''))).toMatchObject({
      code: 1,
      output: expect.stringContaining('not JSON'),
    });
    expect((await verify('--help')).output).toContain('Usage: assent-verify FILE');
  });
});
