import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';

const REQUEST = /^ask (business|person|admin) "[^"]*" '([^']+)'$/gm;

describe('the README', () => {
  const readme = readFileSync('README.md', 'utf8');
  const requests = [...readme.matchAll(REQUEST)].map(([, audience, query]) => ({ audience, query }));

  it('has requests to copy', () => {
    expect(requests.length).toBeGreaterThan(10);
  });

  it.each(requests)('asks what the schema has: $audience $query', ({ audience, query }) => {
    const schema = buildSchema(readFileSync(`schema/${audience}.graphql`, 'utf8'));
    expect(validate(schema, parse(query as string)).map(({ message }) => message)).toEqual([]);
  });

  it('describes every setting', () => {
    const folder = 'libs/platform/src/configuration';
    const source = readdirSync(folder)
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
      .join('\n');
    const settings = [...source.matchAll(/^ {2}([A-Z_]+): (?:setting|units|most)\(/gm)].map(
      ([, name]) => name!,
    );
    expect(settings.length).toBeGreaterThan(40);
    expect(settings.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
