import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { change } from '../consent/consent-platform.js';
import { startLog, type LogPlatform, type LoggedPerson, receiptOf } from '../consent/log-platform.js';
import { check, exported, type Files, objection, packed, unpacked } from './exports.js';

let log: LogPlatform;
let key: string;
let person: LoggedPerson;
let sound: Files;
let foreign: Files;

beforeAll(async () => {
  log = await startLog({}, { worker: true });
  key = await log.key();
  person = await log.aPerson();
  sound = await anExport(person);
  foreign = await anExport(await log.aPerson());
});
afterAll(() => log.platform.stop());

/** The export of somebody with three entries in their ledger, all of them with receipts. */
async function anExport(of: LoggedPerson): Promise<Files> {
  await change(of, 'stop', { purpose: 'MARKETING' });
  await change(of, 'allow', { purpose: 'MARKETING' });
  const { eventId } = await change(of, 'stop');
  expect((await receiptOf(of, eventId)).__typename).toBe('ConsentReceipt');
  await of.api.do(
    'mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { __typename } }',
    {
      input: { name: 'Phone', publicKey: Buffer.alloc(32, 9).toString('base64') },
    },
  );
  return unpacked(await exported(log.platform, of));
}

/** What is objected to in the export after a change. */
async function after(tamper: (files: Files) => void, ...keys: string[]): Promise<string | undefined> {
  const files = new Map(sound);
  tamper(files);
  return objection(await packed(files), ...(keys.length > 0 ? keys : [key]));
}

/** A file with the lines that `tamper` leaves. */
function lines(files: Files, name: string, tamper: (lines: string[]) => string[]): void {
  const given = String(files.get(name)).trimEnd().split('\n');
  files.set(
    name,
    Buffer.from(
      tamper(given)
        .map((line) => `${line}\n`)
        .join(''),
    ),
  );
}

describe('an export that was tampered with', () => {
  it('holds where it was only packed anew', async () => {
    expect(await check(await packed(sound), key)).toMatchObject({
      personId: person.personId,
      entries: 3,
      receipts: 3,
      signers: [{ text: key }],
    });
    expect(await after(() => undefined)).toBeUndefined();
  });

  it('does not hold with any byte of any file changed, and names the file', async () => {
    for (const [name, bytes] of sound) {
      for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 2, bytes.length - 1]) {
        const forged = Buffer.from(bytes);
        forged[at] = (forged[at] ?? 0) ^ 1;
        const said = await after((files) => files.set(name, forged));
        const where = name === 'manifest.sig' ? /^manifest\.(?:sig|json): / : new RegExp(`^${name}[:,]`);
        expect([name, at, said]).toEqual([name, at, expect.stringMatching(where)]);
      }
    }
  });

  it('does not hold with a file removed, added, longer or twice', async () => {
    for (const name of sound.keys()) {
      expect(await after((files) => files.delete(name))).toBe(`${name}: the file is missing`);
    }
    expect(await after((files) => files.set('notices.jsonl', Buffer.from('{}\n')))).toBe(
      'notices.jsonl: the file was added: the manifest does not list it',
    );
    const longer = (files: Files) =>
      files.set('devices.jsonl', Buffer.concat([sound.get('devices.jsonl')!, sound.get('devices.jsonl')!]));
    expect(await after(longer)).toMatch(/^devices\.jsonl: the file has \d+ bytes, and the manifest says \d+/);
    const twice = await packed([...sound, ['profile.json', foreign.get('profile.json')!]]);
    expect(await objection(twice, key)).toBe('profile.json: there are two files of that name');
  });

  it('names the first entry of the ledger that was changed, swapped, removed or repeated', async () => {
    const ledger = (tamper: (lines: string[]) => string[]) =>
      after((files) => lines(files, 'consent-ledger.jsonl', tamper));
    const entry = (line: number, seq: number) =>
      `consent-ledger.jsonl, line ${line}, person ${person.personId}, entry ${seq}: `;
    expect(await ledger(([a, b, c]) => [a!, b!.replace('"ALLOW"', '"STOP"'), c!])).toContain(
      `${entry(2, 2)}the record, its salt`,
    );
    expect(await ledger(([a, b, c]) => [b!, a!, c!])).toBe(
      `${entry(1, 2)}entry 1 should be here: entries were removed, added or swapped`,
    );
    expect(await ledger(([a, , c]) => [a!, c!])).toContain(`${entry(2, 3)}entry 2 should be here`);
    expect(await ledger(([a, b, c]) => [a!, b!, b!, c!])).toContain(`${entry(3, 2)}entry 3 should be here`);
    expect(await ledger(([a, b]) => [a!, b!])).toMatch(/^consent-ledger\.jsonl: the file has \d+ bytes/);
    expect(await ledger(([a, b, c]) => [a!, `${b!} `, c!])).toContain('line 2: the line is not a record');
  });

  it('does not take what is of another person', async () => {
    const of = (name: string) => after((files) => files.set(name, foreign.get(name)!));
    expect(await of('receipts/000001.json')).toMatch(
      /^receipts\/000001\.json, person \S+, entry 1: it is the receipt of another person$/,
    );
    expect(await of('consent-ledger.jsonl')).toMatch(/line 1, person \S+, entry 1: it is of another person$/);
    expect(await of('profile.json')).toMatch(/^profile\.json: it is the profile of another person$/);
    expect(await of('manifest.json')).toMatch(/^manifest\.json: the signature of the manifest by/);
    const exchanged = (files: Files) => {
      files.set('receipts/000001.json', sound.get('receipts/000002.json')!);
    };
    expect(await after(exchanged)).toMatch(/^receipts\/000001\.json, .*it is the receipt of another entry$/);
  });

  it('does not hold under a key that the reader does not trust', async () => {
    const stranger = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    expect(await after(() => undefined, stranger)).toBe(
      'manifest.json: the manifest is not signed by a key that you trust',
    );
  });
});

describe('an archive that is made to harm', () => {
  it('is refused for names that lead elsewhere', async () => {
    for (const name of ['a/b/c.json', 'noextension', 'PRO FILE.json', 'receipts/..json']) {
      const said = await objection(await packed([...sound, [name, Buffer.from('x')]]), key);
      expect(said).toBe(`it has a file with a name that no export has: ${JSON.stringify(name)}`);
    }
    const climbing = await packed([...sound, ['aa/aa.json', Buffer.from('x')]]);
    const renamed = Buffer.from(climbing.toString('latin1').replaceAll('aa/aa.json', '../../a.js'), 'latin1');
    expect(await objection(renamed, key)).toMatch(/^the archive is damaged: invalid relative path/);
  });

  it('is refused where a file unpacks to more than its list says', async () => {
    const bomb = new Map(sound);
    bomb.set('README.txt', Buffer.alloc(50 * 1024 * 1024));
    expect(await objection(await packed(bomb), key)).toMatch(
      /^README\.txt: the file is longer than the \d+ bytes/,
    );
    bomb.set('manifest.json', Buffer.alloc(50 * 1024 * 1024));
    expect(await objection(await packed(bomb), key)).toBe('manifest.json: the file is longer than 8 MB');
  });

  it('is refused where files share their bytes', async () => {
    const archive = await packed(sound);
    const forged = overlapping(archive);
    expect(await objection(forged, key)).toMatch(/: files overlap$/);
  });

  it('is refused where it was cut off, or is no archive', async () => {
    const archive = await packed(sound);
    expect(await objection(archive.subarray(0, archive.length - 30), key)).toMatch(/^the archive is damaged/);
    expect(await objection(Buffer.from('PK\x03\x04 and nothing else', 'latin1'), key)).toMatch(/damaged/);
  });
});

/** The archive with a list that says of each file that it is as long, packed, as the whole archive. */
function overlapping(archive: Buffer): Buffer {
  const forged = Buffer.from(archive);
  const CENTRAL = Buffer.from('PK\x01\x02', 'latin1');
  const PACKED_AT = 20;
  for (let at = forged.indexOf(CENTRAL); at >= 0; at = forged.indexOf(CENTRAL, at + 1)) {
    forged.writeUInt32LE(Math.floor(archive.length / 2), at + PACKED_AT);
  }
  return forged;
}
