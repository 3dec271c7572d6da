import type { HandedOver, SmsCarrier, SmsParcel } from '../domain/carrier.js';
import { referenceOf } from '../domain/gateway-answer.js';
import type { GatewayClient } from './gateway-client.js';

/**
 * Sends texts through a gateway of the operator, by a signed call. What comes back comes by `/carriers/sms/…`, signed by
 * that gateway.
 */
export class SmsGateway implements SmsCarrier {
  readonly knowsRepeats = true;
  /** A gateway cuts a text into parts itself. */
  readonly mostCharacters = 1_600;

  constructor(private readonly client: GatewayClient) {}

  get room(): number {
    return this.client.room;
  }

  async handOver({ id, to, text }: SmsParcel, until: AbortSignal): Promise<HandedOver> {
    const { failure, retryAfterMs, body } = await this.client.post(id, { type: 'sms', to, text }, until);
    return { failure, references: failure === null ? [referenceOf(body, id)] : [], retryAfterMs };
  }

  open(): void {
    // Nothing stays connected.
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
