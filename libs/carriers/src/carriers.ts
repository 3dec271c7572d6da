import type { Carrier, PushParcel, SmsCarrier } from './domain/carrier.js';

/** The carriers that the operator has configured; null: none such. */
export abstract class Carriers {
  abstract readonly push: Carrier<PushParcel> | null;
  abstract readonly sms: SmsCarrier | null;
}
