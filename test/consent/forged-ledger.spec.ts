import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Configuration, KeyRing } from '@assent/platform';
import { openCheckpoint, readKey } from '../../apps/verify/src/note.js';
import { Tree } from '../../apps/verify/src/tree.js';
import { LogSigner } from '../../libs/consent/src/persistence/log-signer.js';
import { type DumpedLedger, dumpALedger, reseal, written } from './dumped-ledger.js';
import { KEYS, objection } from './log-platform.js';

let dumped: DumpedLedger;
beforeAll(async () => {
  dumped = await dumpALedger();
});
afterAll(() => dumped.log.platform.stop());

describe('a ledger that was forged by whoever holds keys', () => {
  it('is found where the log itself signed a fork', async () => {
    // The worst case: whoever holds the log's keys rewrote an entry, sealed everything anew and signed it.
    const lines = dumped.parsed;
    const at = dumped.lineOf('event', 2);
    reseal(lines[at]!, { action: 'ALLOW', purpose: 'MARKETING' });
    let previous = lines[at]!['hash'];
    for (const line of lines.slice(at + 1)) {
      if (line['record']?.personId !== lines[at]!['record'].personId) continue;
      line['previousHash'] = previous;
      reseal(line, {});
      previous = line['hash'];
    }
    const signer = new LogSigner(KeyRing.parse(KEYS), Configuration.parse({}));
    const tree = new Tree();
    for (const line of lines) {
      if (line['leafHash']) tree.append(Buffer.from(line['leafHash'], 'base64'));
      const root = tree.root().toString('base64');
      if (line['note']) line['note'] = signer.note(`${signer.origin}\n${tree.size}\n${root}\n`);
    }
    const fork = written(lines);
    expect(await objection(fork, [dumped.key])).toBeUndefined();
    // Only somebody who kept a checkpoint of the log from before can tell, and that is what witnesses do.
    expect(await objection(fork, [dumped.key], [dumped.kept])).toBe(
      'line 8: the checkpoint that you kept was signed over other leaves: the first 6 leaves are not those of then',
    );
    const newest = dumped.parsed[dumped.lineOf('checkpoint', 2)]!['note'] as string;
    expect(openCheckpoint(newest, [readKey(dumped.key)]).size).toBe(12);
    expect(await objection(dumped.lines, [dumped.key], [newest, dumped.kept])).toBeUndefined();
    expect(await objection(fork, [dumped.key], [newest])).toContain('line 15: the checkpoint that you kept');
  });

  it('is found where it was signed with a key that nobody pinned', async () => {
    const stranger = new LogSigner(
      KeyRing.parse(`1:${Buffer.alloc(32, 9).toString('base64')}`),
      Configuration.parse({}),
    );
    const lines = dumped.parsed;
    lines[0]!['keys'] = stranger.verifierKeys;
    for (const line of lines) {
      if (line['note']) line['note'] = stranger.note(`${(line['note'] as string).split('\n\n')[0]}\n`);
    }
    expect(await objection(written(lines))).toBeUndefined();
    expect(await objection(written(lines), [dumped.key])).toBe(
      'line 16: the last checkpoint is not signed by a key that you trust',
    );
  });

  it('is found where the dump is older than a checkpoint that was kept', async () => {
    await dumped.log.record(await dumped.log.aPerson(), 1);
    await dumped.log.settle();
    const newer = (await dumped.log.read('checkpoint')).text;
    expect(await objection(dumped.lines, [dumped.key], [newer])).toContain(
      'covers 13 leaves: this dump is older, or lacks some',
    );
    expect(await objection(await dumped.log.dump(), [dumped.key], [newer, dumped.kept])).toBeUndefined();
  });
});
