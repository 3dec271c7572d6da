import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { contractionsIn } from './contractions.js';

/** What came before the rule; no release had it without what followed. */
const OLDEST_BOUND = 1_795_392_000_058;

const numberOf = (file: string) => Number(basename(file).split('-')[0]);
const migration = (sql: string, comment = '') => `
  async up(db: QueryRunner): Promise<void> {
    ${comment}
    await db.query(\`${sql}\`);
  }
  async down(db: QueryRunner): Promise<void> {
    await db.query(\`DROP TABLE thing\`);
  }`;

describe('migrations leave the release before what it uses', () => {
  const bound = globSync('migrations/[0-9]*.ts').filter((file) => numberOf(file) >= OLDEST_BOUND);

  it('in every migration since the rule', () => {
    const found = bound.map((file) => [file, contractionsIn(readFileSync(file, 'utf8'))]);
    expect(found.filter(([, contractions]) => contractions?.length)).toEqual([]);
  });

  it.each([
    'ALTER TABLE thing DROP COLUMN size',
    'ALTER TABLE thing RENAME COLUMN size TO width',
    'ALTER TABLE thing ALTER COLUMN size SET NOT NULL',
    'ALTER TABLE thing ALTER COLUMN size TYPE bigint',
    'ALTER TABLE thing ADD COLUMN height integer NOT NULL CHECK (height > 0)',
    'ALTER TABLE thing ADD COLUMN depth integer DEFAULT 0, ADD COLUMN height integer NOT NULL',
    'DROP TABLE thing',
    'REVOKE SELECT ON thing FROM assent_gate',
  ])('finds a planted one: %s', (sql) => {
    expect(contractionsIn(migration(sql))).toHaveLength(1);
    expect(contractionsIn(migration(sql, '// Contracts: nothing uses `size` since v1.4.0.'))).toEqual([]);
    expect(contractionsIn(migration(sql, '// Nothing uses it.'))).toHaveLength(1);
  });

  it.each([
    'ALTER TABLE thing ADD COLUMN height integer',
    'ALTER TABLE thing ADD COLUMN height integer NOT NULL DEFAULT 0',
    'ALTER TABLE thing DROP CONSTRAINT thing_size_check',
    'CREATE TABLE other (id uuid NOT NULL)',
  ])('lets through what only adds or allows: %s', (sql) => {
    expect(contractionsIn(migration(sql))).toEqual([]);
  });
});
