import { BadRequestException, Get, Header, NotFoundException, Query } from '@nestjs/common';
import type { PublishedLog } from '../../use-cases/published-log.js';

const TEXT = 'text/plain; charset=utf-8';
/** The newest checkpoint is up to a second old anyway. */
const BRIEFLY = 'public, max-age=1';
const SIZE = /^[1-9]\d{0,14}$/;

/** A log for witnesses and everybody else: plain text, no sign-in, nothing of anybody. A controller names its address. */
export abstract class PublicLog {
  protected abstract readonly log: PublishedLog;

  /** The newest checkpoint (C2SP tlog-checkpoint). */
  @Get('checkpoint')
  @Header('content-type', TEXT)
  @Header('cache-control', BRIEFLY)
  async checkpoint(): Promise<string> {
    const note = await this.log.checkpoint();
    if (note === undefined)
      throw new NotFoundException('There is no checkpoint yet: a worker makes the first one');
    return note;
  }

  /** The keys that verify checkpoints and receipts, newest first, one a line (C2SP signed-note). */
  @Get('key')
  @Header('content-type', TEXT)
  key(): string {
    return this.log.verifierKeys.map((key) => `${key}\n`).join('');
  }

  /** Proves that the tree of `from` leaves is the beginning of that of `to`: hashes in base64, one a line. */
  @Get('consistency')
  @Header('content-type', TEXT)
  async consistency(@Query('from') from?: string, @Query('to') to?: string): Promise<string> {
    const valid = SIZE.test(from ?? '') && SIZE.test(to ?? '');
    const proof = valid ? await this.log.consistency(Number(from), Number(to)) : undefined;
    if (!proof) {
      throw new BadRequestException(
        'from and to are sizes of trees: whole numbers, 1 to the size of the newest checkpoint, from not above to',
      );
    }
    return proof.map((hash) => `${hash}\n`).join('');
  }
}
