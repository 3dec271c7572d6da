import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromBase64 } from '../../apps/verify/src/bytes.js';
import { type DumpedLedger, dumpALedger, reseal, written } from './dumped-ledger.js';
import { check, objection } from './log-platform.js';

let dumped: DumpedLedger;
beforeAll(async () => {
  dumped = await dumpALedger();
});
afterAll(() => dumped.log.platform.stop());
const about = (at: number) => {
  const { personId, seq } = dumped.parsed[at]!['record'];
  return `line ${at + 1}, person ${personId}, entry ${seq}: `;
};

describe('a dump', () => {
  it('holds, with the key that the platform publishes and without one, erased events and all', async () => {
    const report = await check(dumped.lines, [dumped.key], [dumped.kept]);
    expect(report).toMatchObject({ events: 10, erased: 2, persons: 2, checkpoints: 3, newest: { size: 12 } });
    expect(report.signers.map(({ text }) => text)).toEqual([dumped.key]);
    expect(await check(dumped.lines)).toMatchObject({ events: 10 });
    expect(dumped.lines.map((line) => JSON.parse(line).type)).toEqual([
      ...['ledger', 'checkpoint', 'event', 'event', 'event', 'erased', 'event', 'event', 'checkpoint'],
      ...['event', 'event', 'event', 'erased', 'event', 'event', 'checkpoint', 'end'],
    ]);
  });

  it('names no number, name or token', async () => {
    const names = new Set(
      dumped.parsed.flatMap((line) => [...Object.keys(line), ...Object.keys(line['record'] ?? {})]),
    );
    expect([...names].sort()).toEqual(
      [
        ...[
          'type',
          'format',
          'origin',
          'size',
          'keys',
          'index',
          'record',
          'leafHash',
          'salt',
          'previousHash',
          'hash',
        ],
        ...[
          'action',
          'actor',
          'at',
          'businessId',
          'evidenceAt',
          'evidenceKind',
          'evidenceRef',
          'id',
          'personId',
          'policyVersion',
          'purpose',
          'seq',
          'source',
          'wordingHash',
        ],
        ...['previous', 'note', 'leaves', 'checkpoints'],
      ].sort(),
    );
  });

  it('may begin with what npm says', async () => {
    expect(
      await objection(['\n', '> assent@0.1.0 ledger:dump\n', '> node x\n', '\n', ...dumped.lines]),
    ).toBeUndefined();
  });
});

describe('a dump that was tampered with', () => {
  const at = 4; // The third event: the one entry of its person before the first checkpoint.

  it.each([
    ['action', 'UNBLOCK'],
    ['actor', 'OPERATOR'],
    ['at', '2020-01-01T00:00:00.000Z'],
    ['businessId', '01900000-0000-7000-8000-000000000000'],
    ['evidenceAt', '2020-01-01T00:00:00.000Z'],
    ['evidenceKind', 'WEB_FORM'],
    ['evidenceRef', 'row 9'],
    ['wordingHash', 'ab'.repeat(32)],
    ['id', '01900000-0000-7000-8000-000000000000'],
    ['policyVersion', 2],
    ['purpose', 'SERVICE'],
    ['source', 'import'],
  ])('is found by the record: %s', async (name, value) => {
    const forged = dumped.changed(at, ({ record }) => (record[name] = value));
    expect(await objection(forged)).toBe(
      `${about(at)}the record, its salt, its "previousHash" or its "hash" was changed: they do not fit one another`,
    );
  });

  it.each([
    ['personId', '01900000-0000-7000-8000-000000000000'],
    ['seq', 7],
  ])('is found by the record: %s', async (name, value) => {
    const objected = await objection(dumped.changed(at, ({ record }) => (record[name] = value)));
    expect(objected).toContain(`line ${at + 1}, person ${name === 'personId' ? value : ''}`);
    expect(objected).toContain(`, entry ${name === 'seq' ? 7 : 1}: the record, its salt,`);
  });

  it.each(['salt', 'hash', 'previousHash'])('is found by the seal: %s', async (name) => {
    const forged = dumped.changed(at, (line) => (line[name] = randomBytes(32).toString('base64')));
    expect(await objection(forged)).toContain(`${about(at)}the record, its salt,`);
  });

  it('is found by the hash of the leaf', async () => {
    const forged = dumped.changed(at, (line) => (line['leafHash'] = randomBytes(32).toString('base64')));
    expect(await objection(forged)).toBe(
      `${about(at)}the record is not the one that entered the log: its leaf has another hash`,
    );
  });

  it('is found at the next entry of the person, where one is sealed anew', async () => {
    const forged = dumped.changed(at, (line) => reseal(line, { action: 'ALLOW' }));
    const next = dumped.lineOf('checkpoint', 1) + 1;
    const checkpoint = dumped.lineOf('checkpoint', 1);
    expect(dumped.parsed[next]!['record'].personId).toBe(dumped.parsed[at]!['record'].personId);
    expect(await objection(forged)).toBe(
      `line ${checkpoint + 1}: the checkpoint was signed over other leaves: something between line 2 and here was changed, or the log was forked`,
    );
    const unsigned = forged.toSpliced(checkpoint, 1);
    expect(await objection(unsigned)).toContain(`line ${next}, person`);
    expect(await objection(unsigned)).toContain('entry 2: it does not follow entry 1 of the same person');
  });

  it('is found by the checkpoint, where a whole ledger is sealed anew', async () => {
    const lines = dumped.parsed;
    const own = lines.filter(({ record }) => record?.personId === lines[2]!['record'].personId);
    let previous: string | null = null;
    for (const line of own) {
      line['previousHash'] = previous;
      reseal(line, { source: 'import' });
      previous = line['hash'];
    }
    expect(await objection(written(lines))).toMatch(/^line 9: the checkpoint was signed over other leaves/);
  });

  it('is found by an erased leaf', async () => {
    const erased = dumped.changed(
      dumped.lineOf('erased'),
      (line) => (line['leafHash'] = randomBytes(32).toString('base64')),
    );
    expect(await objection(erased)).toMatch(
      /^line 9: the checkpoint was signed over other leaves: .* line 2 /,
    );
  });

  it('is found by each line that is removed, and each two that are swapped', async () => {
    for (let removed = 0; removed < dumped.lines.length - 1; removed++) {
      const rest = dumped.lines.toSpliced(removed, 1);
      const objected = (await objection(rest)) ?? '';
      expect(objected).toMatch(/^line \d+[:,]/);
      const line = Number(/^line (\d+)/.exec(objected)![1]);
      // A checkpoint that is gone is missed by the next one, or by the end; everything else at the very place.
      const type = dumped.parsed[removed]!['type'];
      if (type === 'checkpoint') expect(line).toBeGreaterThan(removed);
      else expect(line).toBe(removed + 1);
      const swapped = dumped.lines
        .with(removed, dumped.lines[removed + 1]!)
        .with(removed + 1, dumped.lines[removed]!);
      expect(await objection(swapped)).toMatch(new RegExp(`^line (?:${removed + 1}|${removed + 2})[:,]`));
    }
    expect(await objection(dumped.lines.slice(0, -1))).toBe(
      `line ${dumped.lines.length - 1}: the dump ends early: its last line is missing`,
    );
  });

  it('is found by a line that is repeated, added, or cut off', async () => {
    expect(await objection(dumped.lines.toSpliced(at, 0, dumped.lines[at]!))).toContain(
      `line ${at + 2}: leaf 3 should be here`,
    );
    expect(await objection([...dumped.lines, dumped.lines[at]!])).toContain(
      `line ${dumped.lines.length + 1}: there is something behind`,
    );
    const cut = dumped.lines.join('').slice(0, -3);
    expect(await objection([cut])).toBe(`line ${dumped.lines.length}: the file ends in the middle of a line`);
  });

  it('is found by each byte of it that is changed', async () => {
    const bytes = Buffer.from(dumped.lines.join(''));
    const lineAt = (index: number) => bytes.subarray(0, index).toString('latin1').split('\n').length;
    for (let index = 0; index < bytes.length; index += 1 + Math.floor(Math.random() * 12)) {
      const forged = Buffer.from(bytes);
      forged[index] = forged[index]! ^ (1 << Math.floor(Math.random() * 7));
      const objected = await objection(forged);
      if (objected === undefined)
        throw new Error(`Byte ${index} (line ${lineAt(index)}) was changed, and nobody noticed`);
      expect(objected).toMatch(/^line \d+[:,]/);
    }
  });

  it('is found by a checkpoint that is another one, unsigned, or wrongly signed', async () => {
    const checkpoint = dumped.lineOf('checkpoint', 2);
    const note = dumped.parsed[checkpoint]!['note'] as string;
    const forge = (text: string) => objection(dumped.changed(checkpoint, (line) => (line['note'] = text)));
    const place = `line ${checkpoint + 1}: `;
    const [body, signature] = note.split('\n\n') as [string, string];
    expect(await forge(note.replace('\n12\n', '\n11\n'))).toMatch(
      new RegExp(`^${place}the signature .* is wrong`),
    );
    expect(await forge(`${body}\n\n`)).toBe(`${place}the checkpoint has no signature`);
    expect(await forge(`${body}\n`)).toBe(`${place}the checkpoint is not a signed note`);
    const [, encoded] = /(\S+)\n$/.exec(signature)!;
    const bytes = fromBase64(encoded, 'it');
    bytes[20]! ^= 1;
    expect(await forge(`${body}\n\n${signature.replace(encoded!, bytes.toString('base64'))}`)).toContain(
      `${place}the signature of the checkpoint by assent.invalid/consent-log+`,
    );
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const other = Buffer.concat([
      Buffer.from('00000000', 'hex'),
      sign(null, Buffer.from(`${body}\n`), stranger),
    ]);
    expect(await forge(`${body}\n\n— assent.invalid/consent-log ${other.toString('base64')}\n`)).toBe(
      `${place}the checkpoint is signed by no key of the log`,
    );
  });
});
