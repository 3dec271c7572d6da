import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestPlatform } from '../platform.js';
import { anyTemplates, anyTemplatesByApi } from './any-templates.js';

/** A website on this machine, while it is open. */
export interface Website extends AsyncDisposable {
  url: string;
  /** Paths that were asked for, in order. */
  asked: string[];
}

/** Serves a website on a free loopback port. */
export async function aWebsite(answer: RequestListener): Promise<Website> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** What a test says of a business; the rest is made up. */
export interface BusinessOverrides {
  displayName?: string;
  country?: string;
  ownerName?: string;
  ownerEmail?: string;
  /** What it does. */
  category?: string;
  /** Scopes of its API key; all of them by default. */
  scopes?: string[];
}

/** A business whose owner is signed in. */
export interface UnverifiedBusiness {
  /** `biz_…` */
  id: string;
  displayName: string;
  ownerEmail: string;
  /** The owner's session. */
  token: string;
}

/** A verified business, with an API key. */
export interface TestBusiness extends UnverifiedBusiness {
  /** `ak_live_…` */
  apiKey: string;
  /** `key_…` */
  apiKeyId: string;
}

const ALL_SCOPES = [
  'account:read',
  'consents:import',
  'contacts:match',
  'contacts:read',
  'conversations:manage',
  'events:read',
  'messages:read',
  'messages:send',
  'templates:manage',
  'templates:read',
];

/** A business that was registered and whose owner signed in, through the business API. */
export async function anUnverifiedBusiness(
  platform: TestPlatform,
  overrides: BusinessOverrides = {},
): Promise<UnverifiedBusiness> {
  const registration = {
    displayName: overrides.displayName ?? 'Bäckerei Müller',
    country: overrides.country ?? 'DE',
    ownerName: overrides.ownerName ?? 'Erika Müller',
    ownerEmail: overrides.ownerEmail ?? anEmail(),
  };
  await platform
    .business()
    .do(`mutation ($input: RegisterBusinessInput!) { registerBusiness(input: $input) { __typename } }`, {
      input: registration,
    });
  const { token, id } = await signIn(platform, registration.ownerEmail);
  return { id, token, displayName: registration.displayName, ownerEmail: registration.ownerEmail };
}

/** Signs a member in with the newest code that was sent to them. */
export async function signIn(platform: TestPlatform, email: string): Promise<{ token: string; id: string }> {
  const { signIn: session } = await platform.business().do<{
    signIn: { token?: string; reason?: string; viewer?: { business: { id: string } } };
  }>(
    `mutation ($input: SignInInput!) { signIn(input: $input) {
      ... on SignInPayload { token viewer { business { id } } }
      ... on Refusal { reason }
    } }`,
    { input: { email, code: platform.code(email) } },
  );
  if (!session.token || !session.viewer) throw new Error(`Signing in was refused: ${session.reason}`);
  return { token: session.token, id: session.viewer.business.id };
}

/** A business with everything: registered, signed in, verified by a file on its website, with templates and an API key. */
export async function aBusiness(
  platform: TestPlatform,
  overrides: BusinessOverrides = {},
): Promise<TestBusiness> {
  const business = await anUnverifiedBusiness(platform, overrides);
  await approve(platform, await submitByFile(platform, business.token, overrides.category));
  if (platform.isRemote) await anyTemplatesByApi(platform, business.token);
  else await anyTemplates(platform, business.id);
  const { secret, id } = await anApiKey(platform, business.token, { scopes: overrides.scopes ?? ALL_SCOPES });
  return { ...business, apiKey: secret, apiKeyId: id };
}

/** Submits a verification with a file on a website of its own; answers its id. */
export async function submitByFile(
  platform: TestPlatform,
  token: string,
  category?: string,
): Promise<string> {
  const client = platform.business(token);
  let content = '';
  await using website = await aWebsite((_, response) => response.end(`${content}\n`));
  const { domainChallenge } = await client.do<{ domainChallenge: { fileContent: string } }>(
    `query ($website: String!) { domainChallenge(website: $website) { fileContent } }`,
    { website: website.url },
  );
  content = domainChallenge.fileContent;
  const { submitVerification } = await client.do<{
    submitVerification: { business?: { verification: { id: string } }; reason?: string; message?: string };
  }>(
    `mutation ($input: SubmitVerificationInput!) { submitVerification(input: $input) {
      ... on SubmitVerificationPayload { business { verification { id } } }
      ... on Refusal { reason message }
    } }`,
    { input: aSubmission({ website: website.url, category }) },
  );
  const { business, reason, message } = submitVerification;
  if (!business) throw new Error(`The verification was refused: ${reason}: ${message}`);
  return business.verification.id;
}

/** Approves a verification, as the first admin. */
export async function approve(platform: TestPlatform, id: string): Promise<void> {
  const { approveVerification } = await platform.admin().do<{ approveVerification: { reason?: string } }>(
    `mutation ($input: ApproveVerificationInput!) {
      approveVerification(input: $input) { ... on Refusal { reason } }
    }`,
    { input: { id } },
  );
  if (approveVerification.reason) throw new Error(`Approving was refused: ${approveVerification.reason}`);
}

/** Makes an API key, as the member whose session is given. */
export async function anApiKey(
  platform: TestPlatform,
  token: string,
  changes: { mode?: 'LIVE' | 'TEST'; name?: string; scopes?: string[]; expiresAt?: string } = {},
): Promise<{ secret: string; id: string }> {
  const { createApiKey } = await platform.business(token).do<{
    createApiKey: { secret?: string; apiKey?: { id: string }; reason?: string };
  }>(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
      ... on CreateApiKeyPayload { secret apiKey { id } }
      ... on Refusal { reason }
    } }`,
    { input: { name: 'Integration suite', scopes: ALL_SCOPES, ...changes } },
  );
  const { secret, apiKey, reason } = createApiKey;
  if (!secret || !apiKey) throw new Error(`Making a key was refused: ${reason}`);
  return { secret, id: apiKey.id };
}

/** A `SubmitVerificationInput`. */
export function aSubmission(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    legalName: 'Bäckerei Müller GmbH',
    registrationNumber: 'HRB 12345',
    country: 'DE',
    website: 'https://example.com',
    evidence: 'WELL_KNOWN_FILE',
    ...changes,
  };
}

/** An address that nobody else has. */
export function anEmail(): string {
  return `owner-${randomUUID()}@example.com`;
}
