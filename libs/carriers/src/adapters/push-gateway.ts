import type { Carrier, HandedOver, PushParcel } from '../domain/carrier.js';
import type { GatewayClient } from './gateway-client.js';

/** Wakes apps through the operator's push gateway. It is told which devices, and nothing of what there is to read. */
export class PushGateway implements Carrier<PushParcel> {
  readonly knowsRepeats = true;

  constructor(private readonly client: GatewayClient) {}

  get room(): number {
    return this.client.room;
  }

  async handOver({ id, devices, urgent }: PushParcel, until: AbortSignal): Promise<HandedOver> {
    const payload = { type: 'inbox.changed', devices, urgency: urgent ? 'high' : 'normal' };
    const { failure, retryAfterMs } = await this.client.post(id, payload, until);
    return { failure, references: [], retryAfterMs };
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
