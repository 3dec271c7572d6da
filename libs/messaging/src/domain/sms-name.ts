/** Under which name the carrier of texts stands in CARRIER_SECRETS, in addresses, and before its references. */
export const SMS_NAME = 'sms';
