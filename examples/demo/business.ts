/** A business registers, is refused, proves its domain, and is approved. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { adminApi, Api, codeFor } from './platform.ts';
import { getTemplatesApproved } from './templates.ts';
import { chapter, check, type Refusal, say, sayRefused } from './transcript.ts';

/** The business of this run, with what its programs need. */
export interface Business {
  /** `biz_…`, by which people and admins know it too. */
  id: string;
  name: string;
  /** With an API key. */
  api: Api;
  /** Its owner, signed in. */
  owner: Api;
}

interface Account {
  id: string;
  status: string;
  reachTier: string;
}

interface Challenge {
  fileContent: string;
  filePath: string;
  fileUrl: string;
}

type Refused = Partial<Refusal>;

const NAME = 'Nordlicht Outdoor';
const REFUSAL = '... on Refusal { reason message retryAt }';
const SCOPES = ['contacts:match', 'contacts:read', 'messages:send', 'messages:read', 'events:read'];

/** Everything that must happen before a business may send. */
export async function becomeVerified(witness: (answer: string) => void): Promise<Business> {
  const member = await register(witness);
  await beRefused(member);
  const id = await proveAndSubmit(member);
  await approve(id);
  const { business } = await member.ask<{ business: Account }>(
    `{ viewer { business { id status reachTier } } }`,
  );
  check('the business is VERIFIED', business.status === 'VERIFIED', business.status);
  say('viewer', `${NAME} is ${business.status}, reach tier ${business.reachTier}`);
  await getTemplatesApproved(member);
  const key = await member.ask<{ secret: string; apiKey: { hint: string } }>(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
      ... on CreateApiKeyPayload { secret apiKey { hint } } } }`,
    { input: { name: 'Integration suite', scopes: SCOPES } },
  );
  say('createApiKey', `ak_live_… ending in ${key.apiKey.hint}, shown once: ${SCOPES.join(', ')}`);
  return { id: business.id, name: NAME, api: new Api('business', key.secret, witness), owner: member };
}

async function register(witness: (answer: string) => void): Promise<Api> {
  chapter('A business registers');
  const anybody = new Api('business', undefined, witness);
  const email = `ada-${randomUUID()}@nordlicht.example`;
  const code = await codeFor(email, async () => {
    const { codeExpiresAt } = await anybody.ask<{ codeExpiresAt?: string }>(
      `mutation ($input: RegisterBusinessInput!) { registerBusiness(input: $input) {
        ... on RegisterBusinessPayload { codeExpiresAt } } }`,
      { input: { displayName: NAME, country: 'DE', ownerName: 'Ada Nord', ownerEmail: email } },
    );
    check('a code is sent', codeExpiresAt !== undefined);
  });
  say('registerBusiness', `${NAME}, DE; its owner gets a code by e-mail`);
  const session = await anybody.ask<{ token: string; viewer: { business: Account } }>(
    `mutation ($input: SignInInput!) { signIn(input: $input) {
      ... on SignInPayload { token viewer { business { id status reachTier } } } } }`,
    { input: { email, code } },
  );
  const { status } = session.viewer.business;
  check('a new business is UNVERIFIED', status === 'UNVERIFIED', status);
  say('signIn', `its owner is signed in; the business is ${status}`);
  return new Api('business', session.token, witness);
}

async function beRefused(member: Api): Promise<void> {
  chapter('It messages and matches nobody before it is verified');
  const message = {
    contact: `ctc_${'0'.repeat(26)}`,
    template: { name: 'hello' },
    idempotencyKey: '1',
  };
  const sent = await member.ask<Refused>(
    `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename ${REFUSAL} } }`,
    { input: message },
  );
  sayRefused('sendMessage', sent, 'BUSINESS_NOT_VERIFIED');
  const matched = await member.ask<Refused>(
    `mutation ($input: MatchContactsInput!) { matchContacts(input: $input) { __typename ${REFUSAL} } }`,
    { input: { customers: [{ externalId: 'C-1', phone: '030 23125 000', country: 'DE' }] } },
  );
  sayRefused('matchContacts', matched, 'BUSINESS_NOT_VERIFIED');
}

async function proveAndSubmit(member: Api): Promise<string> {
  chapter('It proves its domain, and the operator approves it');
  const files = new Map<string, string>();
  // The business's website: this program, on this machine. Only a platform for trials asks private addresses.
  const website = createServer(({ url }, response) => {
    const content = files.get(url ?? '');
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': 'text/plain' }).end(content);
  });
  await new Promise<void>((resolve) => website.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(website.address() as AddressInfo).port}`;
  try {
    const challenge = await member.ask<Challenge>(
      `query ($website: String!) { domainChallenge(website: $website) { fileContent filePath fileUrl } }`,
      { website: url },
    );
    say('domainChallenge', `a file at ${challenge.fileUrl}`);
    sayRefused('submitVerification', await submit(member, url), 'DOMAIN_NOT_PROVEN');
    files.set(challenge.filePath, `${challenge.fileContent}\n`);
    say('', 'Now the file is published.');
    const { business, reason } = await submit(member, url);
    check('the submission is taken', business?.status === 'PENDING', reason);
    say('submitVerification', `the file was fetched and checked; the business is ${business.status}`);
    return business.verification.id;
  } finally {
    website.close();
  }
}

async function submit(member: Api, website: string) {
  return member.ask<Refused & { business?: Account & { verification: { id: string } } }>(
    `mutation ($input: SubmitVerificationInput!) { submitVerification(input: $input) {
      ... on SubmitVerificationPayload { business { id status reachTier verification { id } } } ${REFUSAL} } }`,
    {
      input: {
        legalName: 'Nordlicht Outdoor GmbH',
        registrationNumber: 'HRB 4711 B',
        country: 'DE',
        website,
        evidence: 'WELL_KNOWN_FILE',
      },
    },
  );
}

async function approve(id: string): Promise<void> {
  const admin = adminApi();
  const { nodes } = await admin.ask<{ nodes: { id: string; legalName: string }[] }>(
    `{ verificationQueue(first: 100) { nodes { id legalName } } }`,
  );
  const request = nodes.find((node) => node.id === id);
  check('the request waits in the queue', request !== undefined, `the queue has ${nodes.length} others`);
  say('verificationQueue', `${request.legalName} waits`);
  const refused = await admin.ask<Refused>(
    `mutation ($input: ApproveVerificationInput!) { approveVerification(input: $input) { __typename ${REFUSAL} } }`,
    { input: { id } },
  );
  check('the approval is taken', refused.reason === undefined, refused.reason);
  say('approveVerification', 'approved by an admin');
}
