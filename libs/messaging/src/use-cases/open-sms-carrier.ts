import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Carriers } from '@assent/carriers';
import { BadInputError } from '@assent/platform';
import { SMS_NAME } from '../domain/sms-name.js';
import { NoteReceipts } from './note-receipts.js';
import { ReceiveFromCarrier } from './receive-from-carrier.js';

/** Takes what comes back over the connection to a carrier of texts; for the worker, once. */
@Injectable()
export class OpenSmsCarrier {
  constructor(
    private readonly carriers: Carriers,
    private readonly receipts: NoteReceipts,
    private readonly receive: ReceiveFromCarrier,
  ) {}

  execute(): void {
    this.carriers.sms?.open({
      receipt: (receipt) => this.receipts.execute(SMS_NAME, receipt),
      text: (from, text) => this.heed(from, text),
    });
  }

  /**
   * By the way of every stop that a carrier hands in. All businesses write from one number, so a STOP to it stops all of
   * them. Each text is heeded, however like the one before it is: a second STOP may come after a START.
   */
  private async heed(from: string, text: string): Promise<string | null> {
    try {
      return await this.receive.execute({ carrier: SMS_NAME, id: randomUUID() }, { from, text });
    } catch (error) {
      // It would be so again: the carrier is not to deliver it for ever.
      if (error instanceof BadInputError) return null;
      throw error;
    }
  }
}
