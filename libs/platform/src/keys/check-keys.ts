import { ConfigurationError } from '../configuration/configuration.js';
import type { Database } from '../database/database.js';
import type { KeyRing } from './key-ring.js';

/**
 * Makes sure that a database is opened with the keys that it was written with: with others nobody's number would be
 * found and nothing could be opened, and what was written meanwhile would be lost to the right ones. The database keeps
 * a MAC of each key version that it has seen, which says nothing about the key.
 *
 * @throws ConfigurationError where a version is another key than it was, or one that was used is missing
 */
export async function checkKeys(database: Database, keys: KeyRing): Promise<void> {
  const given = new Map(keys.versions.map((version) => [version, keys.mac('check', 'assent', version)]));
  await database.transaction({ role: 'gate' }, async (tx) => {
    await tx.run({
      text: `INSERT INTO key_check (version, mac) SELECT * FROM unnest($1::smallint[], $2::bytea[])
        ON CONFLICT DO NOTHING`,
      values: [[...given.keys()], [...given.values()]],
    });
    const kept = await tx.rows<{ version: number; mac: Buffer }>({
      text: 'SELECT version, mac FROM key_check ORDER BY version',
    });
    const wrong = kept.filter(({ version, mac }) => !given.get(version)?.equals(mac));
    if (wrong.length === 0) return;
    const versions = wrong.map(({ version }) => version).join(', ');
    throw new ConfigurationError([
      `ASSENT_KEYS (or the file keys in DATA_DIRECTORY) is not what this database was written with: version ${versions} ` +
        'is another key or missing. Give the former keys back; a version that nothing is sealed with any more is let go ' +
        'by `npm run keys:retire` with the former keys. Or begin with an empty database',
    ]);
  });
}
