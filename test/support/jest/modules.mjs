/** How Node finds and compiles modules for tests that share what they load. */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const GLOBALS = '@jest/globals';
const GLOBALS_URL = 'assent:globals';
const GLOBALS_KEY = Symbol.for(GLOBALS_URL);
/** What belongs to tests, and is loaded anew for each file of them. */
const OF_TESTS = /\/(?:test\/[^?]*|[^/?]*\.spec\.ts)$/;
const OPTIONS = {
  supportsDynamicImport: true,
  supportsExportNamespaceFrom: true,
  supportsStaticESM: true,
  supportsTopLevelAwait: true,
};

/** By URLs, where the maps are that lead from what was compiled to what is written. */
const sourceMaps = new Map();
/** The file of tests whose modules are loaded. */
let current;
let count = 0;

/**
 * From now on modules are those of another file of tests.
 *
 * @param transformer what compiles them
 * @param globals answers what `@jest/globals` has for it
 */
export function openFor({ rootDir, transformer, globals }) {
  if (!current) registerHooks({ resolve, load });
  current = { root: pathToFileURL(`${rootDir}/`).href, transformer, nr: ++count };
  Object.defineProperty(globalThis, GLOBALS_KEY, { configurable: true, get: globals });
  return { sourceMaps, urlOf };
}

/** The URL of a module for this file of tests. */
function urlOf({ href }) {
  return isOurs(href) && OF_TESTS.test(href) ? `${href}?file=${current.nr}` : href;
}

function isOurs(url) {
  return url.startsWith(current.root) && !url.includes('/node_modules/');
}

function resolve(specifier, context, next) {
  const { parentURL } = context;
  if (!parentURL || !isOurs(parentURL)) return next(specifier, context);
  if (specifier === GLOBALS) return { url: `${GLOBALS_URL}?file=${current.nr}`, shortCircuit: true };
  const library = /^@assent\/([a-z-]+)$/.exec(specifier)?.[1];
  if (library) return found(new URL(`libs/${library}/src/index.ts`, current.root));
  if (!/^\.{1,2}\//.test(specifier)) return next(specifier, context);
  const url = new URL(specifier, parentURL);
  // Our imports say `.js` and mean the `.ts` beside them.
  const written = new URL(url.href.replace(/\.js$/, '.ts'));
  return found(!existsSync(url) && existsSync(written) ? written : url);
}

function found(url) {
  return { url: urlOf(url), shortCircuit: true };
}

function load(url, context, next) {
  if (url.startsWith(GLOBALS_URL)) return aModule(sourceOfGlobals());
  if (!isOurs(url) || !/\.ts(?:\?|$)/.test(url)) return next(url, context);
  const { code, sourceMapPath } = current.transformer.transform(fileURLToPath(url), OPTIONS);
  if (sourceMapPath) sourceMaps.set(url, sourceMapPath);
  return aModule(code);
}

function sourceOfGlobals() {
  const names = Object.keys(globalThis[GLOBALS_KEY]);
  return `export const { ${names.join(', ')} } = globalThis[Symbol.for('${GLOBALS_URL}')];`;
}

function aModule(source) {
  return { format: 'module', source, shortCircuit: true };
}
