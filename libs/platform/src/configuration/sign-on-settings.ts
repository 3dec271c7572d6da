import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isEncryptedOrNear } from '../net/encrypted-or-near.js';
import { setting, whole } from './setting.js';

/** A set of public keys, as RFC 7517 has it; what each of them is, who uses it finds out. */
const keySet = z.object({
  keys: z
    .array(z.looseObject({ kty: z.string() }))
    .min(1)
    .max(100),
});

/** Over HTTP whoever is on the way could sign tokens. */
function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.username === '' && isEncryptedOrNear(url);
}

/** Who signs people in beside the platform itself: the operator's own accounts. */
export const SIGN_ON_SETTINGS = {
  ALLOW_PRIVATE_IDENTITY_PROVIDERS: setting(
    'is true or false; true lets businesses have identity providers on private addresses and over http, for trials',
    'false',
    z.enum(['true', 'false']).optional(),
  ),
  PERSON_TOKEN_ISSUER: setting(
    'is the `iss` of the tokens by which your own users sign in as people; without it none are taken',
    'https://accounts.example.com',
    z.string().min(1).max(500).optional(),
  ),
  PERSON_TOKEN_AUDIENCE: setting(
    'is the `aud` of these tokens: a name that no token for anything else has',
    'https://assent.example.com/person',
    z.string().min(1).max(500).optional(),
  ),
  PERSON_TOKEN_JWKS_URL: setting(
    'is the https URL of the public keys that these tokens are signed with, as a JSON Web Key Set',
    'https://accounts.example.com/.well-known/jwks.json',
    z.string().max(500).refine(isSafeUrl).optional(),
  ),
  PERSON_TOKEN_JWKS_FILE: setting(
    'is a file with that JSON Web Key Set, in place of its URL',
    '/etc/assent/jwks.json',
    z
      .string()
      .min(1)
      .max(1_000)
      .transform((file, context) => {
        try {
          return keySet.parse(JSON.parse(readFileSync(file, 'utf8')));
        } catch {
          context.addIssue('can not be used');
          return z.NEVER;
        }
      })
      .optional(),
  ),
  PERSON_TOKEN_MAX_AGE_SECONDS: setting(
    'is how long after its `iat` such a token is taken, in seconds, from 10 to 3600',
    '300',
    whole(10, 3_600, 300),
  ),
} as const;

interface Given {
  PERSON_TOKEN_ISSUER?: unknown;
  PERSON_TOKEN_JWKS_URL?: unknown;
  PERSON_TOKEN_JWKS_FILE?: unknown;
}

/** What is wrong with the keys of people's tokens, if anything: there is one place that they come from. */
export function faultOfTokenKeys(settings: Given): string | undefined {
  const { PERSON_TOKEN_ISSUER: issuer, PERSON_TOKEN_JWKS_URL: url, PERSON_TOKEN_JWKS_FILE: file } = settings;
  if (url !== undefined && file !== undefined) {
    return 'PERSON_TOKEN_JWKS_URL and PERSON_TOKEN_JWKS_FILE are both set: keys come from one of them';
  }
  if (issuer === undefined || url !== undefined || file !== undefined) return undefined;
  const { rule, example } = SIGN_ON_SETTINGS.PERSON_TOKEN_JWKS_URL;
  return `PERSON_TOKEN_JWKS_URL or PERSON_TOKEN_JWKS_FILE is missing, and PERSON_TOKEN_ISSUER needs one of them: the URL ${rule}, for example PERSON_TOKEN_JWKS_URL=${example}`;
}

/** What is set needs what it is set with. */
export const SIGN_ON_NEEDS = [['PERSON_TOKEN_ISSUER', 'PERSON_TOKEN_AUDIENCE']] as const;
