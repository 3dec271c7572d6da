import type { LoggerService } from '@nestjs/common';
import { destination, pino, type DestinationStream, type Logger } from 'pino';
import type { Configuration } from '../configuration/configuration.js';
import { describeError } from './describe-error.js';

/** Injection token of the process's logger. */
export const LOGGER = Symbol('logger');

/** Names under which something secret or personal might be logged by mistake. */
const SECRETS = ['authorization', 'phone', 'number', 'code', 'token', 'text', 'secret', 'email', 'password'];
/** What reads like a phone number in a line of text: a plus sign and 7 to 15 digits, whatever separates them. */
const NUMBER = /\+\d(?:[\s().-]?\d){6,14}/g;

/** A JSON logger that withholds secrets by name and masks whatever looks like a phone number. */
export function createLogger(
  configuration: Configuration,
  stream: DestinationStream = destination(1),
): Logger {
  return pino(
    {
      level: configuration.settings.LOG_LEVEL,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[withheld]' },
    },
    { write: (line: string) => stream.write(line.replace(NUMBER, '[number]')) },
  );
}

/** Nest's own messages, through the same logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug({ context }, String(message));
  }
  warn(message: unknown, context?: unknown): void {
    this.logger.warn({ context }, String(message));
  }
  error(message: unknown, ...details: unknown[]): void {
    this.logger.error(
      { context: details.at(-1), stack: details.length > 1 ? details[0] : undefined },
      String(message),
    );
  }
  debug(message: unknown, context?: unknown): void {
    this.logger.debug({ context }, String(message));
  }
}
