import { z } from 'zod';
import { setting, whole } from './setting.js';

/** 24 to 64 bytes, as Standard Webhooks asks for. */
const SECRET = /^whsec_(?=.{32,88}$)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const secrets = z
  .string()
  .max(400)
  .default('')
  .transform((list) => list.split(',').flatMap((entry) => entry.trim() || []))
  .refine((list) => list.length <= 2 && list.every((secret) => SECRET.test(secret)));
const gateway = z
  .string()
  .max(500)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
  .optional();
const PURPOSES = ['AUTHENTICATION', 'SERVICE', 'MARKETING'] as const;
type Purpose = (typeof PURPOSES)[number];

const SECRETS_RULE =
  'is one secret, or two while one takes over from the other: whsec_ and 24 to 64 bytes in base64';
const SECRETS_EXAMPLE = 'whsec_nP1iqpbmjXg0lYcpnaX+5NmqINEJZjB+1SGdXL9w0aY=';

/** How messages leave the platform. */
export const CARRIER_SETTINGS = {
  PUSH_GATEWAY_URL: setting(
    'is the URL of the service that wakes apps',
    'https://push.example.com/assent',
    gateway,
  ),
  PUSH_GATEWAY_SECRETS: setting(SECRETS_RULE, SECRETS_EXAMPLE, secrets),
  SMS_GATEWAY_URL: setting(
    'is the URL of a service that sends text messages',
    'https://sms.example.com/assent',
    gateway,
  ),
  SMS_GATEWAY_SECRETS: setting(SECRETS_RULE, SECRETS_EXAMPLE, secrets),
  SMS_FALLBACK_SECONDS: setting(
    'is how long a message waits for its delivery in the app before it goes by SMS, in seconds, from 0 to 86400',
    '600',
    whole(0, 86_400, 600),
  ),
  SMS_FALLBACK_PURPOSES: setting(
    'is a list of purposes whose messages may go by SMS: AUTHENTICATION, SERVICE, MARKETING',
    'AUTHENTICATION,SERVICE',
    z
      .string()
      .max(100)
      .default('AUTHENTICATION,SERVICE')
      .transform((list) => list.split(',').map((purpose) => purpose.trim() as Purpose))
      .refine((list) => list.every((purpose) => PURPOSES.includes(purpose))),
  ),
} as const;

/** Settings that need another: each with what it needs. */
export const CARRIER_NEEDS = [
  ['PUSH_GATEWAY_URL', 'PUSH_GATEWAY_SECRETS'],
  ['SMS_GATEWAY_URL', 'SMS_GATEWAY_SECRETS'],
] as const;
