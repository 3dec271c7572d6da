import {
  BadRequestException,
  Controller,
  Headers,
  HttpCode,
  Param,
  PayloadTooLargeException,
  Post,
  type RawBodyRequest,
  Req,
  UnauthorizedException,
} from '@nestjs/common';
import {
  BadInputError,
  ClientSubject,
  Configuration,
  RequestBudgets,
  RequestCost,
  type Subject,
} from '@assent/platform';
import { Webhook } from 'standardwebhooks';
import { NoteReceipts } from '../../use-cases/note-receipts.js';
import { ReceiveFromCarrier } from '../../use-cases/receive-from-carrier.js';

/** A text message in its frame. */
const MOST_BYTES = 8 * 1024;
const MOST_ID_CHARACTERS = 255;
const UNITS = 10;

interface CarrierHeaders {
  'webhook-id'?: string;
  'webhook-timestamp'?: string;
  'webhook-signature'?: string;
}

/**
 * What people answer by a carrier, and what it says of what it took. Signed as Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA-256 over id,
 * time and body, compared in constant time, not older or younger than five minutes by this process's clock. What is signed is
 * taken from the carrier's budget of requests and what is not from the address's, so nobody can use up a carrier's.
 */
@Controller('carriers')
@RequestCost(0)
export class CarrierController {
  /** For each carrier one key, or two while one takes over from the other. */
  private readonly keys: Map<string, Webhook[]>;

  constructor(
    { settings }: Configuration,
    private readonly receive: ReceiveFromCarrier,
    private readonly notes: NoteReceipts,
    private readonly budgets: RequestBudgets,
  ) {
    this.keys = new Map(
      [...settings.CARRIER_SECRETS].map(([name, secrets]) => [
        name,
        secrets.map((secret) => new Webhook(secret)),
      ]),
    );
  }

  @Post(':name/inbound')
  @HttpCode(202)
  async inbound(
    @Param('name') name: string,
    @Headers() headers: CarrierHeaders,
    @Req() { rawBody }: RawBodyRequest<object>,
    @ClientSubject() client: Subject,
  ): Promise<{ reply: string | null }> {
    const body = await this.signed(name, headers, rawBody, client);
    const delivery = { carrier: name, id: headers['webhook-id'] ?? '' };
    return { reply: await namingFaults(this.receive.execute(delivery, body)) };
  }

  /** What became of texts that a gateway took; the name is that of the gateway for texts, `sms`. */
  @Post(':name/receipts')
  @HttpCode(204)
  async receipts(
    @Param('name') name: string,
    @Headers() headers: CarrierHeaders,
    @Req() { rawBody }: RawBodyRequest<object>,
    @ClientSubject() client: Subject,
  ): Promise<void> {
    const body = await this.signed(name, headers, rawBody, client);
    await namingFaults(this.notes.execute(name, body));
  }

  private async signed(
    name: string,
    headers: CarrierHeaders,
    rawBody: Buffer | undefined,
    client: Subject,
  ): Promise<unknown> {
    if ((rawBody?.length ?? 0) > MOST_BYTES) {
      throw new PayloadTooLargeException(`A message here has at most ${MOST_BYTES} bytes`);
    }
    const body = this.verified(name, headers['webhook-id'] ?? '', headers, rawBody);
    await this.budgets.charge(body === undefined ? client : { kind: 'carrier', id: name }, UNITS);
    if (body === undefined) {
      throw new UnauthorizedException('The signature is not one of this carrier, or is too old');
    }
    return body;
  }

  /** The body, where its signature is one of this carrier's. Unknown carriers are like wrong signatures. */
  private verified(name: string, id: string, headers: CarrierHeaders, body: Buffer | undefined): unknown {
    if (body && id.length <= MOST_ID_CHARACTERS) {
      for (const key of this.keys.get(name) ?? []) {
        try {
          return key.verify(body, { ...headers });
        } catch {
          // Perhaps by the other key.
        }
      }
    }
    return undefined;
  }
}

async function namingFaults<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    throw new BadRequestException({ message: error.message, faults: error.faults });
  }
}
