import { BoundedCache, type Configuration, createLogger } from '@assent/platform';
import { destination, type Logger } from 'pino';
import type { Terminal } from './terminal.js';

const WARNING = 40;
const ERROR = 50;
const FATAL = 60;
/** A database that is down is worth a line, not one each second. */
const REPEAT_MS = 10_000;

/** Logs into a file, and tells the operator of warnings and errors in one plain line each. */
export function createPlatformLog(configuration: Configuration, file: string, terminal: Terminal): Logger {
  const kept = destination({ dest: file, mode: 0o600, sync: true });
  // A full disk costs the logs, not the platform.
  kept.on('error', () => undefined);
  const told = new BoundedCache<string, { at: number }>(100);
  return createLogger(configuration, {
    write: (line: string) => {
      kept.write(line);
      const { level, msg, errorId } = JSON.parse(line) as { level: number; msg?: string; errorId?: string };
      // What ends the platform is told by who ends it.
      if (level < WARNING || level >= FATAL || !msg) return;
      const last = told.get(msg, () => ({ at: -Infinity }));
      if (performance.now() - last.at < REPEAT_MS) return;
      last.at = performance.now();
      const time = new Date().toTimeString().slice(0, 8);
      const kind = level < ERROR ? 'warning' : 'error';
      terminal.line(`${time}  ${kind.padEnd(7)}  ${msg.split('\n')[0]}${errorId ? ` (${errorId})` : ''}`);
    },
  });
}
