import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { setting, WEBHOOK_SECRET, whole } from './setting.js';

const SECRET = new RegExp(`^${WEBHOOK_SECRET.source}`);
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
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
/** What a file of certificates says. @throws where it can not be read, or has no certificate or a spoilt one */
function certificatesIn(file: string): string {
  const certificates = readFileSync(file, 'utf8').match(CERTIFICATE) ?? [];
  if (certificates.length === 0) throw new Error('There is no certificate in it');
  return certificates.map((pem) => new X509Certificate(pem).toString()).join('');
}
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
  SMPP_URL: setting(
    'is the URL of an SMSC that takes text messages by SMPP 3.4, with system id and password; smpps: by TLS',
    'smpps://assent:secret@smsc.example.com:3550',
    z
      .string()
      .max(500)
      .refine((text) => URL.canParse(text) && /^smpps?:$/.test(new URL(text).protocol))
      .refine((text) => new URL(text).hostname !== '' && new URL(text).username !== '')
      .optional(),
  ),
  SMPP_CA_FILE: setting(
    'is a file with the certificates, in PEM, of those who may vouch for the SMSC behind smpps:',
    '/etc/assent/smsc-ca.pem',
    z
      .string()
      .min(1)
      .max(1_000)
      .transform((file, context) => {
        try {
          return certificatesIn(file);
        } catch {
          context.addIssue('can not be used');
          return z.NEVER;
        }
      })
      .optional(),
  ),
  SMPP_SENDER: setting(
    'is what text messages come from: an international number, a short code, or a name of up to 11 letters and digits',
    '+4915112345678',
    z
      .string()
      .regex(/^(\+[1-9]\d{6,14}|\d{3,8}|[A-Za-z0-9 ]{1,11})$/)
      .default('Assent'),
  ),
  SMPP_PER_SECOND: setting(
    'is how many short messages a second one process hands to the SMSC, from 1 to 1000',
    '10',
    whole(1, 1_000, 10),
  ),
  SMPP_WINDOW: setting(
    'is how many texts may be with the SMSC without its answer, from 1 to 100',
    '10',
    whole(1, 100, 10),
  ),
  SMPP_ENQUIRE_SECONDS: setting(
    'is how often the SMSC is asked whether it is still there, in seconds, from 1 to 600',
    '30',
    whole(1, 600, 30),
  ),
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
