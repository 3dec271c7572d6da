import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import pg from 'pg';

const { query } = pg.Client.prototype;

/** The environment of files of tests that share what they load: the process itself, put back afterwards as it was. */
export default class SharedEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimersModern;
  #before = { console: globalThis.console, exit: process.exit, variables: { ...process.env } };

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  getVmContext() {
    return null;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** What a file has planted into statements and not healed would strike the next one. */
  handleTestEvent({ name }, state) {
    if (name !== 'run_finish' || pg.Client.prototype.query === query) return;
    pg.Client.prototype.query = query;
    state.unhandledErrors.push(new Error('A fault was planted into statements and is not healed'));
  }

  async setup() {}

  async teardown() {
    const { console, exit, variables } = this.#before;
    this.fakeTimersModern.dispose();
    globalThis.console = console;
    process.exit = exit;
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);
  }
}
