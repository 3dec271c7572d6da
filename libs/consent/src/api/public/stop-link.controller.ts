import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ClientSubject, RequestBudgets, RequestCost, type Subject } from '@assent/platform';
import type { Language } from '../../domain/stop-phrases/recognised.js';
import { type LinkedStop, StopByLink } from '../../use-cases/stop-by-link.js';
import { askingPage, languageOf, STOP_PAGE_HEADERS, stoppedPage, unknownPage } from './stop-page.js';

/** What of an HTTP server's answer is written here. */
interface Reply {
  status(code: number): Reply;
  headers(headers: Record<string, string>): Reply;
}

/** What guessing a link costs the address that it comes from. */
const UNKNOWN_LINK_UNITS = 10;

/**
 * Links that stop something without a login, as one-click unsubscribing does (RFC 8058). A GET stops nothing: scanners
 * of mail and previews of messages follow every link. A link that is one of ours is never refused for too many requests: mail
 * providers press them for many people from few addresses.
 */
@Controller('stop')
@RequestCost(0)
export class StopLinkController {
  constructor(
    private readonly stops: StopByLink,
    private readonly budgets: RequestBudgets,
  ) {}

  @Get(':token')
  async ask(
    @Param('token') token: string,
    @Headers('accept-language') accepted: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
    @ClientSubject() client: Subject,
  ): Promise<string> {
    const stop = await this.metered(client, this.stops.look(token));
    return answer(reply, languageOf(accepted), stop, askingPage);
  }

  /** The body is that of RFC 8058, as a form or as multipart/form-data: whatever else posts here meant something else. */
  @Post(':token')
  @HttpCode(200)
  async stop(
    @Param('token') token: string,
    @Headers('accept-language') accepted: string | undefined,
    @Headers('content-type') type: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
    @ClientSubject() client: Subject,
  ): Promise<unknown> {
    const asked = oneClick(type ?? '', body);
    if (asked === undefined)
      return refuse(reply, 415, 'Send application/x-www-form-urlencoded or multipart/form-data');
    if (!asked) return refuse(reply, 400, 'The body must be List-Unsubscribe=One-Click');
    const stop = await this.metered(client, this.stops.execute(token));
    return answer(reply, languageOf(accepted), stop, stoppedPage);
  }

  private async metered(
    client: Subject,
    looked: Promise<LinkedStop | undefined>,
  ): Promise<LinkedStop | undefined> {
    const stop = await looked;
    if (!stop) await this.budgets.charge(client, UNKNOWN_LINK_UNITS);
    return stop;
  }
}

/** The one part that it takes (RFC 7578), whatever else that part says of itself. */
const ONE_CLICK_PART =
  /^--[^\r\n]+\r\ncontent-disposition:\s*form-data;\s*name="?List-Unsubscribe"?[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\nOne-Click\r\n--/i;

/** Whether a body asks for what it must; undefined where it is of another type. */
function oneClick(type: string, body: unknown): boolean | undefined {
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    return (body as Record<string, unknown> | null)?.['List-Unsubscribe'] === 'One-Click';
  }
  if (!/^multipart\/form-data\s*;/i.test(type) || !Buffer.isBuffer(body)) return undefined;
  return ONE_CLICK_PART.test(body.toString('latin1'));
}

function answer(
  reply: Reply,
  language: Language,
  stop: LinkedStop | undefined,
  page: (stop: LinkedStop, language: Language) => string,
): string {
  reply.headers({ ...STOP_PAGE_HEADERS, 'content-language': language });
  if (stop) return page(stop, language);
  reply.status(404);
  return unknownPage(language);
}

function refuse(reply: Reply, status: number, message: string): { message: string } {
  reply.status(status);
  return { message };
}
