import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { BoundedCache } from '../flow/bounded-cache.js';
import { ConfigurationError, type Configuration } from '../configuration/configuration.js';
import { MacKey } from './mac-key.js';

/** A version and 32 bytes in base64. */
const ENTRY = /^([1-9]\d{0,2}):([A-Za-z0-9+/]{43}=)$/;

/**
 * The platform's secret keys: one 32-byte master key for each version, and from it by HKDF-SHA-256 a key for each use.
 * What is written uses the highest version and says so; what is read names the version it was written with.
 */
export class KeyRing {
  readonly current: number;
  private readonly derived = new BoundedCache<string, Buffer>(1_000);
  private readonly macKeys = new BoundedCache<string, MacKey>(1_000);

  private constructor(private readonly masters: Map<number, Buffer>) {
    this.current = Math.max(...masters.keys());
  }

  /** Parses `version:base64,version:base64`. @throws ConfigurationError */
  static parse(text: string): KeyRing {
    const masters = new Map<number, Buffer>();
    for (const entry of text.trim().split(',')) {
      const [, version, encoded] = ENTRY.exec(entry.trim()) ?? [];
      const key = Buffer.from(encoded ?? '', 'base64');
      if (!version || Number(version) > 255 || masters.has(Number(version))) {
        throw new ConfigurationError([
          'ASSENT_KEYS is a list of version:key, versions 1 to 255, each key 32 bytes in base64, for example ' +
            'ASSENT_KEYS=1:nP1iqpbmjXg0lYcpnaX+5NmqINEJZjB+1SGdXL9w0aY=',
        ]);
      }
      masters.set(Number(version), key);
    }
    if (!masters.has(1))
      throw new ConfigurationError(['ASSENT_KEYS must keep version 1: handles are made with it']);
    return new KeyRing(masters);
  }

  /**
   * The keys of a configuration: ASSENT_KEYS, or a file in the data directory that is made on first start and is
   * readable by its owner only. Production has no such file: there the keys must be given.
   */
  static load({ settings }: Configuration): KeyRing {
    if (settings.ASSENT_KEYS) return KeyRing.parse(settings.ASSENT_KEYS);
    const path = join(settings.DATA_DIRECTORY, 'keys');
    mkdirSync(settings.DATA_DIRECTORY, { recursive: true });
    if (!existsSync(path)) makeKeys(path);
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    return KeyRing.parse(readFileSync(path, 'utf8'));
  }

  /** All versions, highest first: an index made with any of them must still be found. */
  get versions(): number[] {
    return [...this.masters.keys()].sort((a, b) => b - a);
  }

  /** The 32-byte key for a use; kept in a bounded cache. */
  derive(use: string, version = this.current): Buffer {
    return this.derived.get(`${version}:${use}`, () => this.deriveFresh(use, '', version));
  }

  /**
   * The 32-byte key for a use and a salt; not cached here, since salts are many. HKDF (RFC 5869) of one block: two MACs, which take half
   * as long by themselves as OpenSSL takes to set about it.
   */
  deriveFresh(use: string, salt: Buffer | string, version = this.current): Buffer {
    const master = this.masters.get(version);
    if (!master) throw new Error(`There is no key version ${version}`);
    const extracted = MacKey.ofAny(Buffer.from(salt)).of(master);
    return new MacKey(extracted).of(`assent/${use}\x01`);
  }

  /** HMAC-SHA-256 under the key for a use. */
  mac(use: string, data: string | Buffer, version = this.current): Buffer {
    return this.macKey(use, version).of(data);
  }

  /** The key for a use of MACs, for who makes thousands of them. */
  macKey(use: string, version = this.current): MacKey {
    return this.macKeys.get(`${version}:${use}`, () => new MacKey(this.derive(use, version)));
  }
}

/**
 * Puts a new key in place whole or not at all, and on the disk before anything is written with it: a start that is
 * killed in the middle leaves nothing, and of two that race the first one's key is both's.
 */
function makeKeys(path: string): void {
  const half = `${path}.${randomBytes(8).toString('hex')}`;
  writeFileSync(half, `1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(half, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(half);
  }
  const directory = openSync(dirname(path), 'r');
  fsyncSync(directory);
  closeSync(directory);
}
