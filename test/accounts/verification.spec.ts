import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BusinessProfiles } from '@assent/accounts';
import { parsePublicId, uuid7 } from '@assent/platform';
import {
  aBusiness,
  anEmail,
  anUnverifiedBusiness,
  approve,
  aSubmission,
  aWebsite,
  submitByFile,
} from '../support/builders/accounts.js';
import { aDnsServer, type DnsServer } from '../support/dns-server.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const SUBMIT = `mutation ($input: SubmitVerificationInput!) { submitVerification(input: $input) {
  __typename
  ... on SubmitVerificationPayload { business { status verification { status } } }
  ... on Refusal { reason message retryAt }
} }`;
const CHALLENGE = `query ($website: String!) { domainChallenge(website: $website) {
  host fileUrl filePath fileContent dnsName dnsValue } }`;
const OWN = `{ viewer { business { status reachTier verification { status reason website } } } }`;
const decision = (operation: 'Approve' | 'Reject') => `mutation ($input: ${operation}VerificationInput!) {
  answer: ${operation.toLowerCase()}Verification(input: $input) {
    ... on Refusal { reason message }
    ... on ${operation}VerificationPayload { verification { status reason decidedBy business { status reachTier } } }
  } }`;
const APPROVE = decision('Approve');
const REJECT = decision('Reject');
const QUEUE = `query ($first: Int!, $after: String) { verificationQueue(first: $first, after: $after) {
  nodes { id legalName business { id displayName status } website evidence }
  pageInfo { hasNextPage endCursor } } }`;

interface Queue {
  verificationQueue: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

/** TXT records that the loopback DNS server answers with, by name. */
const records = new Map<string, string[][]>();
let dns: DnsServer;
let platform: TestPlatform;
beforeAll(async () => {
  dns = await aDnsServer((name) => records.get(name)?.map((data) => ({ type: 'TXT' as const, name, data })));
  platform = await startPlatform({ DNS_SERVERS: dns.address }, { worker: false });
});
afterAll(async () => {
  await platform.stop();
  dns.close();
});

const submit = async (token: string, changes: Record<string, unknown>) =>
  (await platform.business(token).do(SUBMIT, { input: aSubmission(changes) }))['submitVerification'];
const challenge = async (token: string, website: string) =>
  (await platform.business(token).do(CHALLENGE, { website }))['domainChallenge'];
const own = async (token: string) => (await platform.business(token).do(OWN))['viewer'].business;

describe('evidence by a well-known file', () => {
  it('is fetched, and makes the business PENDING', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    let content = '';
    await using website = await aWebsite((_, response) => response.end(`# ours\r\n${content}\r\n`));
    content = (await challenge(token, website.url)).fileContent;
    expect(await submit(token, { website: `${website.url}/shop` })).toMatchObject({
      business: { status: 'PENDING', verification: { status: 'PENDING' } },
    });
    expect(website.asked).toEqual(['/.well-known/assent-verification.txt']);
    expect(await submit(token, { website: website.url })).toMatchObject({ reason: 'NOT_ALLOWED_IN_STATE' });
  });

  it('of one business proves nothing for another', async () => {
    const [one, other] = [await anUnverifiedBusiness(platform), await anUnverifiedBusiness(platform)];
    let content = '';
    await using website = await aWebsite((_, response) => response.end(content));
    content = (await challenge(one.token, website.url)).fileContent;
    expect(await submit(other.token, { website: website.url })).toMatchObject({
      reason: 'DOMAIN_NOT_PROVEN',
    });
    expect((await own(other.token)).status).toBe('UNVERIFIED');
  });

  it('is not sought elsewhere: redirects are not followed', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    let content = '';
    await using elsewhere = await aWebsite((_, response) => response.end(content));
    await using website = await aWebsite((request, response) =>
      response.writeHead(302, { location: `${elsewhere.url}${request.url}` }).end(content),
    );
    content = (await challenge(token, website.url)).fileContent;
    const refused = await submit(token, { website: website.url });
    expect(refused).toMatchObject({ reason: 'DOMAIN_NOT_PROVEN' });
    expect(refused.message).toContain('HTTP status 302');
    expect(elsewhere.asked).toEqual([]);
  });

  it('is not read beyond 64 KiB', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    let content = '';
    await using website = await aWebsite((_, response) => response.end(`${' \n'.repeat(40_000)}${content}`));
    content = (await challenge(token, website.url)).fileContent;
    const refused = await submit(token, { website: website.url });
    expect(refused).toMatchObject({ reason: 'DOMAIN_NOT_PROVEN' });
    expect(refused.message).toContain('more than 64 KiB');
  });

  it('that is missing is told with what was looked for and what was found', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    await using website = await aWebsite((_, response) => response.writeHead(404).end());
    const { fileUrl, fileContent } = await challenge(token, website.url);
    const refused = await submit(token, { website: website.url });
    expect(refused).toMatchObject({ reason: 'DOMAIN_NOT_PROVEN', retryAt: null });
    for (const part of [fileUrl, fileContent, 'HTTP status 404']) expect(refused.message).toContain(part);
  });

  it('can be asked for ten times in ten minutes', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    await using website = await aWebsite((_, response) => response.writeHead(404).end());
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => submit(token, { website: website.url })),
    );
    expect(answers.filter(({ reason }) => reason === 'DOMAIN_NOT_PROVEN')).toHaveLength(10);
    const refused = answers.filter(({ reason }) => reason === 'TOO_MANY_CHECKS');
    expect(refused).toHaveLength(6);
    for (const { retryAt } of refused) expect(retryAt).toEqual(expect.any(String));
    expect(website.asked).toHaveLength(10);
  });

  it('that several submit at once makes one request', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    let content = '';
    await using website = await aWebsite((_, response) => response.end(content));
    content = (await challenge(token, website.url)).fileContent;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => submit(token, { website: website.url })),
    );
    expect(answers.filter(({ business }) => business)).toHaveLength(1);
    expect(answers.filter(({ reason }) => reason === 'NOT_ALLOWED_IN_STATE')).toHaveLength(5);
  });
});

describe('evidence by DNS', () => {
  it('is resolved, and makes the business PENDING', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    const { dnsName, dnsValue } = await challenge(token, 'https://Baker.Example/shop');
    expect(dnsName).toBe('_assent-verification.baker.example');
    // Long records come in parts, and others may stand beside them.
    records.set(dnsName, [['v=spf1 -all'], [dnsValue.slice(0, 10), dnsValue.slice(10)]]);
    expect(await submit(token, { website: 'https://baker.example', evidence: 'DNS_TXT' })).toMatchObject({
      business: { status: 'PENDING' },
    });
  });

  it('that is missing or another one is told as such', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    const { dnsName, dnsValue } = await challenge(token, 'https://missing.example');
    const missing = await submit(token, { website: 'https://missing.example', evidence: 'DNS_TXT' });
    expect(missing).toMatchObject({ reason: 'DOMAIN_NOT_PROVEN' });
    for (const part of [dnsName, dnsValue, 'no TXT record']) expect(missing.message).toContain(part);
    records.set(dnsName, [['assent-verification=something-else']]);
    const other = await submit(token, { website: 'https://missing.example', evidence: 'DNS_TXT' });
    expect(other.message).toContain('1 TXT records of that name, none of them with it');
    expect(other.message).not.toContain('something-else');
  });
});

describe('an admin', () => {
  it('sees requests oldest first and approves: the business is VERIFIED and reaches 2,000', async () => {
    const businesses = [];
    for (const displayName of ['First', 'Second', 'Third']) {
      const business = await anUnverifiedBusiness(platform, { displayName });
      businesses.push({ ...business, verification: await submitByFile(platform, business.token) });
    }
    const seen: { id: string }[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { verificationQueue }: Queue = await platform.admin().do(QUEUE, { first: 2, after });
      seen.push(...verificationQueue.nodes);
      more = verificationQueue.pageInfo.hasNextPage;
      after = verificationQueue.pageInfo.endCursor;
    }
    expect(seen.slice(-3)).toMatchObject(
      businesses.map(({ id, displayName, verification }) => ({
        id: verification,
        business: { id, displayName, status: 'PENDING' },
        evidence: 'WELL_KNOWN_FILE',
      })),
    );
    const [first, second] = businesses;
    const { answer } = await platform.admin().do(APPROVE, { input: { id: first!.verification } });
    expect(answer.verification).toMatchObject({
      status: 'APPROVED',
      business: { status: 'VERIFIED', reachTier: 'TIER_2K' },
    });
    expect(await own(first!.token)).toMatchObject({ status: 'VERIFIED', reachTier: 'TIER_2K' });
    expect(await own(second!.token)).toMatchObject({ status: 'PENDING', reachTier: 'TIER_250' });
  });

  it('rejects with a reason that the business reads, and it may submit again', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    const id = await submitByFile(platform, token);
    const reason = 'The register knows no such number.';
    const { answer } = await platform.admin().do(REJECT, { input: { id, reason } });
    expect(answer.verification).toMatchObject({
      status: 'REJECTED',
      reason,
      decidedBy: expect.stringMatching(/^adm_/),
      business: { status: 'UNVERIFIED' },
    });
    expect(await own(token)).toMatchObject({
      status: 'UNVERIFIED',
      verification: { status: 'REJECTED', reason },
    });
    await approve(platform, await submitByFile(platform, token));
    expect(await own(token)).toMatchObject({
      status: 'VERIFIED',
      verification: { status: 'APPROVED', reason: null },
    });
  });

  it.each(['', '   ', 'x'.repeat(1_001)])('can not reject without a proper reason', async (reason) => {
    const { token } = await anUnverifiedBusiness(platform);
    const id = await submitByFile(platform, token);
    const { errors } = await platform.admin().raw(REJECT, { input: { id, reason } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field: 'input.reason' }] });
  });

  it('who races others decides alone or not at all', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    const id = await submitByFile(platform, token);
    const decisions = await Promise.all(
      Array.from({ length: 16 }, async (_, at) => {
        const input = at % 2 === 0 ? { id } : { id, reason: 'No.' };
        return (await platform.admin().do(at % 2 === 0 ? APPROVE : REJECT, { input }))['answer'];
      }),
    );
    const done = decisions.filter(({ verification }) => verification);
    expect(done).toHaveLength(1);
    expect(decisions.filter(({ reason }) => reason === 'ALREADY_DECIDED')).toHaveLength(15);
    const { status, verification } = await own(token);
    expect(verification.status).toBe(done[0].verification.status);
    expect(status).toBe(verification.status === 'APPROVED' ? 'VERIFIED' : 'UNVERIFIED');
  });

  it.each(['ver_nonsense', 'ver_01jzzzzzzzf4kvzzzzzzzzzzzz', ''])('finds no request "%s"', async (id) => {
    const { answer } = await platform.admin().do(APPROVE, { input: { id } });
    expect(answer).toMatchObject({ reason: 'VERIFICATION_NOT_FOUND' });
  });

  it('is told who they are; nobody else is', async () => {
    expect((await platform.admin().do('{ admin { id name } }'))['admin']).toEqual({
      id: expect.stringMatching(/^adm_/),
      name: 'First admin',
    });
    for (const token of ['', 'adt_nonsense', (await anUnverifiedBusiness(platform)).token]) {
      const { errors } = await platform.admin(token).raw('{ admin { id } }');
      expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });
});

describe('a website', () => {
  it.each([
    'nonsense',
    'ftp://example.com',
    'https://user@example.com',
    `https://example.com/${'x'.repeat(2_048)}`,
  ])('is not "%s"', async (website) => {
    const { token } = await anUnverifiedBusiness(platform, { ownerEmail: anEmail() });
    const submitted = await platform.business(token).raw(SUBMIT, { input: aSubmission({ website }) });
    expect(submitted.errors?.[0]?.extensions.faults).toMatchObject([{ field: 'input.website' }]);
    const asked = await platform.business(token).raw(CHALLENGE, { website });
    expect(asked.errors?.[0]?.extensions.faults).toMatchObject([{ field: 'website' }]);
  });
});

it('shows people who a business is, many in one query', async () => {
  const [verified, other] = [
    await aBusiness(platform),
    await anUnverifiedBusiness(platform, { country: 'FR' }),
  ];
  const ids = [verified.id, other.id].map((id) => parsePublicId('biz', id)!) as [string, string];
  const nobody = uuid7(0);
  const profiles = platform.app.get(BusinessProfiles, { strict: false });
  expect([...(await profiles.byIds([...ids, nobody, ids[0]]))].sort()).toEqual([
    [
      ids[0],
      { id: verified.id, displayName: verified.displayName, country: 'DE', category: null, verified: true },
    ],
    [
      ids[1],
      { id: other.id, displayName: other.displayName, country: 'FR', category: null, verified: false },
    ],
  ]);
});
