import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Configuration } from '@assent/platform';
import { Carriers } from '../carriers.js';
import type { SmsCarrier } from '../domain/carrier.js';
import { GatewayClient } from './gateway-client.js';
import { PushGateway } from './push-gateway.js';
import { SmsGateway } from './sms-gateway.js';

/** The carriers of the configuration. */
@Injectable()
export class ConfiguredCarriers extends Carriers implements OnApplicationShutdown {
  readonly push: PushGateway | null;
  readonly sms: SmsCarrier | null;

  constructor(@Inject(Configuration) { settings }: Configuration) {
    super();
    const { PUSH_GATEWAY_URL, PUSH_GATEWAY_SECRETS, SMS_GATEWAY_URL, SMS_GATEWAY_SECRETS } = settings;
    this.push = PUSH_GATEWAY_URL
      ? new PushGateway(new GatewayClient(PUSH_GATEWAY_URL, PUSH_GATEWAY_SECRETS))
      : null;
    this.sms = SMS_GATEWAY_URL
      ? new SmsGateway(new GatewayClient(SMS_GATEWAY_URL, SMS_GATEWAY_SECRETS))
      : null;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.push?.close(), this.sms?.close()]);
  }
}
