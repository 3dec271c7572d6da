import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import Runtime from 'jest-runtime';
import { openFor } from './modules.mjs';

const require = createRequire(import.meta.url);

/**
 * Runs files of tests in the process itself rather than in contexts of their own. Jest's framework, and whatever belongs to
 * tests, is loaded anew for each; what is tested, and packages, once a process.
 */
class SharedRuntime extends Runtime {
  #modules;

  constructor(...args) {
    super(...args);
    const [{ rootDir }, , , transformer, , , testPath] = args;
    this.#modules = openFor({
      rootDir,
      transformer,
      globals: () => this.requireModuleOrMock(testPath, '@jest/globals'),
    });
  }

  /** The process keeps its own. */
  installGetBuiltinModule() {}

  requireInternalModule(from, to) {
    if (to !== undefined) return super.requireInternalModule(from, to);
    delete require.cache[from];
    return require(from);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  unstable_importModule(path) {
    return import(this.#modules.urlOf(pathToFileURL(path)));
  }

  getSourceMaps() {
    return this.#modules?.sourceMaps;
  }
}
export { SharedRuntime as 'module.exports' };
