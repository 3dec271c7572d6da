import { randomInt } from 'node:crypto';
import type { GraphQLClient } from '../graphql-client.js';
import type { TestPlatform } from '../platform.js';

/** A person who is signed in. */
export interface TestPerson {
  /** E.164. */
  phone: string;
  token: string;
  /** The person API, as this person. */
  api: GraphQLClient;
}

let next = randomInt(100_000_000);

/** A mobile number that nobody else in this run has. */
export function aPhone(): string {
  next = (next + 1) % 100_000_000;
  return `+49151${String(next).padStart(8, '0')}`;
}

/** Has a code sent to a number. */
export async function requestCode(platform: TestPlatform, phone: string, country?: string): Promise<any> {
  const { requestPhoneCode } = await platform.person().do(
    `mutation ($input: RequestPhoneCodeInput!) { requestPhoneCode(input: $input) {
      __typename ... on RequestPhoneCodePayload { expiresAt } ... on Refusal { reason message retryAt }
    } }`,
    { input: { phone, country } },
  );
  return requestPhoneCode;
}

/** Enters a code for a number, signed in by a token where one is given. */
export async function enterCode(
  platform: TestPlatform,
  phone: string,
  code: string,
  { startAnew, token }: { startAnew?: boolean; token?: string } = {},
): Promise<any> {
  const { verifyPhone } = await platform.person(token).do(
    `mutation ($input: VerifyPhoneInput!) { verifyPhone(input: $input) {
      __typename
      ... on VerifyPhonePayload { token expiresAt startedAnew person { phone country verifiedAt } }
      ... on Refusal { reason message retryAt }
    } }`,
    { input: { phone, code, startAnew } },
  );
  return verifyPhone;
}

/** Asks for a code for a number and enters it. */
export async function proveNumber(
  platform: TestPlatform,
  phone: string,
  claim: { startAnew?: boolean; token?: string } = {},
): Promise<any> {
  await requestCode(platform, phone);
  return enterCode(platform, phone, platform.code(phone), claim);
}

/** A person with a verified number, signed in; the same number signs the same person in again. */
export async function aPerson(
  platform: TestPlatform,
  { phone = aPhone() }: { phone?: string } = {},
): Promise<TestPerson> {
  const { token } = await proveNumber(platform, phone);
  if (typeof token !== 'string') throw new Error(`${phone} could not be verified`);
  return { phone, token, api: platform.person(token) };
}
