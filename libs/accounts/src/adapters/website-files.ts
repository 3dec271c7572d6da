import { Injectable } from '@nestjs/common';
import { Configuration, PrivateAddressError, publicConnector } from '@assent/platform';
import { Agent, buildConnector, errors, request } from 'undici';

const TIME_LIMIT_MS = 10_000;
const SIZE_LIMIT = 64 * 1_024;

/** A file as a website serves it, or what was found in its place, for people. */
export type FoundFile = { content: string } | { found: string };

/**
 * Reads one file of somebody's website: within 10 s and 64 KiB, following no redirects, and only on public addresses,
 * unless the configuration allows private ones for trials.
 */
@Injectable()
export class WebsiteFiles {
  private readonly allowPrivate: boolean;

  constructor(configuration: Configuration) {
    this.allowPrivate = configuration.allowPrivateWebsites;
  }

  async read(url: string, timeLimitMs = TIME_LIMIT_MS): Promise<FoundFile> {
    const connect = this.allowPrivate
      ? buildConnector({ timeout: timeLimitMs })
      : publicConnector(timeLimitMs);
    const agent = new Agent({ connect, maxResponseSize: SIZE_LIMIT, pipelining: 0 });
    try {
      const { statusCode, body } = await request(url, {
        dispatcher: agent,
        // Of the whole exchange: the limits that undici has are for its parts.
        signal: AbortSignal.timeout(timeLimitMs),
        headers: { accept: 'text/plain', 'user-agent': 'Assent domain verification' },
      });
      if (statusCode !== 200) {
        body.on('error', () => undefined).destroy();
        return {
          found: `HTTP status ${statusCode}${redirects(statusCode) ? ', and redirects are not followed' : ''}`,
        };
      }
      return { content: await body.text() };
    } catch (error) {
      return { found: describe(error, timeLimitMs) };
    } finally {
      // Not awaited: a server that keeps the connection open must not keep us.
      void agent.destroy().catch(() => undefined);
    }
  }
}

const redirects = (status: number) => status >= 300 && status < 400;

/** What went wrong, without anything that the other side wrote. */
function describe(error: unknown, timeLimitMs: number): string {
  if (error instanceof PrivateAddressError) return 'a host whose address is not a public one';
  if (error instanceof errors.ResponseExceededMaxSizeError) return `more than ${SIZE_LIMIT / 1_024} KiB`;
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'TimeoutError' || code?.includes('TIMEOUT'))
    return `no answer within ${timeLimitMs / 1_000} s`;
  return `no answer (${code ?? 'the connection failed'})`;
}
