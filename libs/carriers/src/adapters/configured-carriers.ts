import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Configuration, LOGGER } from '@assent/platform';
import type { Logger } from 'pino';
import { Carriers } from '../carriers.js';
import type { SmsCarrier } from '../domain/carrier.js';
import { GatewayClient } from './gateway-client.js';
import { PushGateway } from './push-gateway.js';
import { SmppCarrier } from './smpp-carrier.js';
import { SmsGateway } from './sms-gateway.js';

/** The carriers of the configuration. */
@Injectable()
export class ConfiguredCarriers extends Carriers implements OnApplicationShutdown {
  readonly push: PushGateway | null;
  readonly sms: SmsCarrier | null;

  constructor(configuration: Configuration, @Inject(LOGGER) log: Logger) {
    super();
    const { PUSH_GATEWAY_URL, PUSH_GATEWAY_SECRETS } = configuration.settings;
    this.push = PUSH_GATEWAY_URL
      ? new PushGateway(new GatewayClient(PUSH_GATEWAY_URL, PUSH_GATEWAY_SECRETS))
      : null;
    this.sms = smsCarrier(configuration, log);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.push?.close(), this.sms?.close()]);
  }
}

/** One of both: the configuration has made sure of it. */
function smsCarrier({ settings }: Configuration, log: Logger): SmsCarrier | null {
  const { SMS_GATEWAY_URL, SMS_GATEWAY_SECRETS, SMPP_URL } = settings;
  if (SMS_GATEWAY_URL) return new SmsGateway(new GatewayClient(SMS_GATEWAY_URL, SMS_GATEWAY_SECRETS));
  if (!SMPP_URL) return null;
  const { protocol, hostname, port, username, password } = new URL(SMPP_URL);
  const tls = protocol === 'smpps:';
  return new SmppCarrier(
    {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (tls ? 3550 : 2775),
      tls,
      ca: settings.SMPP_CA_FILE,
      systemId: decodeURIComponent(username),
      password: decodeURIComponent(password),
      enquireMs: settings.SMPP_ENQUIRE_SECONDS * 1_000,
      sender: settings.SMPP_SENDER,
      perSecond: settings.SMPP_PER_SECOND,
      window: settings.SMPP_WINDOW,
    },
    log,
  );
}
