import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { API } from './groups.js';

interface Found {
  /** Where it stands, and what it is. */
  name: string;
  source: string;
  flags: string;
}

/** Longer than any text that is looked at whole; what is longer is refused by its length first. */
const CHARACTERS = 20_000;
/** Hundreds of times what a linear one takes; one that is quadratic takes several times as much. */
const MOST_CPU_MS = 60;
const TRIES = 3;
/** One that would never end. */
const GIVE_UP_MS = 5_000;
const PUMPS = [
  ...[
    'a',
    'A',
    '0',
    ' ',
    '\t',
    '\n',
    '\0',
    '.',
    ',',
    '-',
    '_',
    '@',
    '/',
    ':',
    '"',
    "'",
    '%',
    '{',
    '}',
    '=',
    '+',
  ],
  ...['*', '\\', '?', '#'],
  ...['a.', 'a-', 'a0', '0.', 'a ', ' \n', '\r\n', '""', '://', 'a@', "a'", '0a-', '()', '[a', '\u0301', 'ß'],
  ...['\u200d', '👍', 'é.'],
];
const ENDS = ['', '\0!'];

/** Every literal of a regular expression in the product's own code. */
function literals(): Found[] {
  const files = ['libs', 'apps'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
      .map((path) => join(folder, path))
      .sort(),
  );
  const found = new Map<string, Found>();
  for (const path of files) {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
        found.set(node.text, { name: `${node.text} in ${path}`, source, flags });
      }
      node.forEachChild(visit);
    };
    visit(file);
  }
  return [...found.values()];
}

/** What most likely leads through it before it fails: the letters and signs that it names. */
function ownPumps(source: string): string[] {
  const plain = source.replaceAll(/\\[pP]\{[^}]*\}|\\[a-zA-Z]|\(\?[<!=:]+|[[\](){}|^$*+?\\]/g, ' ');
  return [...new Set(plain.split(/\s+/).filter((part) => part.length > 0 && part.length < 12))].slice(0, 8);
}

/** The pump and the end by which it takes longer than a linear one would; undefined where there is none. */
function evilFor({ source, flags }: Found, characters = CHARACTERS): string | undefined {
  const script = new Script('expression.lastIndex = 0; expression.test(text)');
  const context = createContext({ expression: new RegExp(source, flags), text: '' });
  const cpuMs = (text: string): number => {
    context['text'] = text;
    const before = process.cpuUsage();
    try {
      script.runInContext(context, { timeout: GIVE_UP_MS });
    } catch {
      return GIVE_UP_MS;
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  for (const pump of [...PUMPS, ...ownPumps(source)]) {
    for (const end of ENDS) {
      const text = pump.repeat(Math.ceil(characters / pump.length)) + end;
      // Somebody else’s work counts as well, so the quickest of some counts.
      if (Array.from({ length: TRIES }).every(() => cpuMs(text) > MOST_CPU_MS)) {
        return JSON.stringify({ pump, end });
      }
    }
  }
  return undefined;
}

describe(API[4], () => {
  const all = literals();

  it('has regular expressions to look at', () => {
    expect(all.length).toBeGreaterThan(80);
  });

  it.each(all)('is not held up by any text: $name', (found) => {
    expect(evilFor(found)).toBeUndefined();
  });

  it.each([
    ['exponential', '^(a+)+$'],
    ['quadratic', '^\\s*x|\\s+$'],
    ['cubic', '^a*a*a*$'],
  ])('would notice one that is %s', (_, source) => {
    expect(
      evilFor({ name: source, source, flags: 'u' }, source.includes('+)+') ? 100 : CHARACTERS),
    ).toBeDefined();
  });
});
