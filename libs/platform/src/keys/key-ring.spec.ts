import { hkdfSync, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Configuration, ConfigurationError } from '../configuration/configuration.js';
import { KeyRing } from './key-ring.js';

const master = () => randomBytes(32).toString('base64');

describe('a key ring', () => {
  it('writes with the highest version and lists all, highest first', () => {
    const keys = KeyRing.parse(`1:${master()},12:${master()},3:${master()}`);
    expect(keys.current).toBe(12);
    expect(keys.versions).toEqual([12, 3, 1]);
  });

  it('has another key for each use, salt and version', () => {
    const keys = KeyRing.parse(`1:${master()},2:${master()}`);
    const all = [
      keys.derive('a'),
      keys.derive('b'),
      keys.derive('a', 1),
      keys.deriveFresh('a', 'salt'),
      keys.deriveFresh('a', 'other salt'),
    ];
    expect(new Set(all.map((key) => key.toString('hex'))).size).toBe(all.length);
    expect(all.every((key) => key.length === 32)).toBe(true);
  });

  it('derives the same key in every process that has the same master key', () => {
    const text = `1:${master()}`;
    expect(KeyRing.parse(text).derive('a')).toEqual(KeyRing.parse(text).derive('a'));
    expect(KeyRing.parse(text).mac('a', 'data')).toEqual(KeyRing.parse(text).mac('a', Buffer.from('data')));
  });

  it('derives as HKDF-SHA-256 does, so that other programs can', () => {
    const keys = KeyRing.parse(`1:${Buffer.alloc(32, 1).toString('base64')}`);
    expect(keys.derive('a').toString('hex')).toBe(keys.deriveFresh('a', '').toString('hex'));
    expect(keys.derive('a').toString('hex')).toBe(HKDF_OF_ONES);
  });

  it('derives from any salt as Node does', () => {
    const key = randomBytes(32);
    const keys = KeyRing.parse(`1:${key.toString('base64')}`);
    for (const bytes of [0, 1, 16, 32, 63, 64, 65, 1_000]) {
      const salt = randomBytes(bytes);
      const expected = Buffer.from(hkdfSync('sha256', key, salt, 'assent/use', 32));
      expect(keys.deriveFresh('use', salt)).toEqual(expected);
    }
  });

  it('fails for a version that it does not have', () => {
    expect(() => KeyRing.parse(`1:${master()}`).derive('a', 2)).toThrow('There is no key version 2');
  });

  it.each([
    ['nothing', ''],
    ['a key without version', master()],
    ['version 0', `0:${master()}`],
    ['version 256', `256:${master()}`],
    ['a leading zero', `01:${master()}`],
    ['a short key', `1:${randomBytes(31).toString('base64')}`],
    ['a long key', `1:${randomBytes(33).toString('base64')}`],
    ['letters that base64 does not have', `1:${master()}!`],
    ['something after the key', `1:${master()}:2`],
    ['a version given twice', `1:${master()},1:${master()}`],
    ['a trailing comma', `1:${master()},`],
    ['no version 1', `2:${master()}`],
  ])('refuses %s, and never quotes the key', (_, text) => {
    const parse = () => KeyRing.parse(text);
    expect(parse).toThrow(ConfigurationError);
    try {
      parse();
    } catch (error) {
      const secret = text.split(':')[1];
      if (secret) expect(String(error)).not.toContain(secret);
    }
  });
});

describe('the keys of the embedded platform', () => {
  let directory: string;
  const load = () => KeyRing.load(Configuration.parse({ DATA_DIRECTORY: join(directory, 'data') }));
  const file = () => join(directory, 'data', 'keys');

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'assent-keys-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('are made once, readable by their owner only', () => {
    const first = load();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(directory, 'data'))).toEqual(['keys']);
    expect(load().derive('a')).toEqual(first.derive('a'));
  });

  it('are closed to others again when their file was opened', () => {
    load();
    chmodSync(file(), 0o644);
    load();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('are never replaced: a damaged file stops the start', () => {
    load();
    writeFileSync(file(), 'damaged');
    expect(load).toThrow(ConfigurationError);
    expect(readFileSync(file(), 'utf8')).toBe('damaged');
  });

  it('are not looked for when keys are given', () => {
    KeyRing.load(
      Configuration.parse({ DATA_DIRECTORY: join(directory, 'data'), ASSENT_KEYS: `1:${master()}` }),
    );
    expect(existsSync(file())).toBe(false);
  });
});

/** HKDF-SHA-256 (RFC 5869) of 32 bytes 01, no salt, info "assent/a", 32 bytes; as Python's hmac computes it. */
const HKDF_OF_ONES = '978f2031cad413520b6cc74594f1f368fbae5fd7de8ad3e8fcf8fcdeb7e3e148';
