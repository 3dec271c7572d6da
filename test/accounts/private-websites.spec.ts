import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { anUnverifiedBusiness, aSubmission, type UnverifiedBusiness } from '../support/builders/accounts.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

/** The port of https on this machine, where a request that came through would arrive. */
const HTTPS = 443;

let platform: TestPlatform;
let business: UnverifiedBusiness;
let inside: Server | undefined;
let connections = 0;
beforeAll(async () => {
  platform = await startPlatform({ ALLOW_PRIVATE_WEBSITES: 'false' }, { worker: false });
  inside = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  // Listening there takes rights that not everybody has; the answers must be the same without.
  await new Promise<void>((resolve) =>
    inside?.once('error', () => resolve()).listen(HTTPS, '127.0.0.1', resolve),
  );
});
afterAll(async () => {
  inside?.close();
  await platform.stop();
});

const SUBMIT = `mutation ($input: SubmitVerificationInput!) { submitVerification(input: $input) {
  ... on SubmitVerificationPayload { business { status } }
  ... on Refusal { reason message }
} }`;
const submit = (website: string) =>
  platform.business(business.token).raw(SUBMIT, { input: aSubmission({ website }) });

it.each([
  'https://127.0.0.1',
  'https://127.1',
  'https://2130706433',
  'https://0x7f000001',
  'https://0.0.0.0',
  'https://10.0.0.1',
  'https://172.16.0.1',
  'https://192.168.1.1',
  'https://169.254.169.254',
  'https://100.64.0.1',
  'https://[::1]',
  'https://[::]',
  'https://[::ffff:127.0.0.1]',
  'https://[64:ff9b::7f00:1]',
  'https://[2002:7f00:1::]',
  'https://[fd00::1]',
  'https://[fe80::1]',
  'https://localhost',
  'https://LOCALHOST.',
])('does not connect to %s', async (website) => {
  business = await anUnverifiedBusiness(platform);
  const { data } = await submit(website);
  expect(data['submitVerification'].reason).toBe('DOMAIN_NOT_PROVEN');
  expect(data['submitVerification'].message).toContain('not a public one');
  expect(connections).toBe(0);
});

it.each(['http://example.com', 'https://example.com:22', 'http://127.0.0.1'])(
  'takes no %s for a website',
  async (website) => {
    business = await anUnverifiedBusiness(platform);
    const { errors } = await submit(website);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: 'input.website' }],
    });
  },
);
