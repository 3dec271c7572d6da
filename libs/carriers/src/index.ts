export { Carriers } from './carriers.js';
export { CarriersModule } from './carriers.module.js';
export {
  type Carrier,
  CarrierName,
  type CarrierReceipt,
  type ComesBack,
  type HandedOver,
  type HandOverFailure,
  type PushParcel,
  type SmsCarrier,
  type SmsParcel,
} from './domain/carrier.js';
