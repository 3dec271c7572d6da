import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { StopLinks } from '@assent/consent';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { cutConnectionsAt } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const AN_OUTAGE = { code: 'UNAVAILABLE', retryAt: expect.any(String), errorId: expect.any(String) };
const CREATE = `mutation ($input: CreateWebhookEndpointInput!) {
  made: createWebhookEndpoint(input: $input, idempotencyKey: "once") { ... on CreateWebhookEndpointPayload { secret } }
}`;
const input = { url: 'https://shop.example.com/hook', types: ['message.status'] };

let platform: TestPlatform;
let business: TestBusiness;
let heal = () => {};
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  business = await aBusiness(platform);
});
afterEach(() => heal());
afterAll(() => platform.stop());

const cutAt = (part: string) => {
  heal = cutConnectionsAt(part);
};

describe('a database that does not answer', () => {
  it.each([
    ['once an operation has begun, as every error then', 'FROM message', 200, null],
    ['before anything of it is read', 'api_key', 503, /^[1-5]$/],
  ])('is told as UNAVAILABLE, with a time to come back: %s', async (_, part, status, after) => {
    cutAt(part);
    const began = Date.now();
    const response = await fetch(`${platform.url}/business/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${business.apiKey}` },
      body: JSON.stringify({ query: '{ messages { nodes { id } } }' }),
    });
    const { errors } = (await response.json()) as { errors: { message: string; extensions: any }[] };
    expect(errors).toMatchObject([{ extensions: AN_OUTAGE }]);
    expect(response.status).toBe(status);
    if (after) expect(response.headers.get('retry-after')).toMatch(after);
    expect(errors[0]?.message).toContain('Send the same request again at retryAt');
    expect(Date.parse(errors[0]?.extensions.retryAt)).toBeGreaterThan(began);
    const line = platform.logs.find((log) => log.includes(errors[0]?.extensions.errorId));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ audience: 'business' });
  });

  it('leaves a mutation that the same request does, once', async () => {
    cutAt('INSERT INTO keyed_answer');
    const { errors } = await platform.business(business.token).raw(CREATE, { input });
    expect(errors?.[0]?.extensions).toMatchObject(AN_OUTAGE);
    heal();
    const again = await platform.business(business.token).raw(CREATE, { input });
    expect(again.data.made.secret).toMatch(/^whsec_/);
    const [{ n } = { n: 0 }] = await platform.database.sql<{ n: number }>(
      'SELECT count(*)::int AS n FROM webhook_endpoint',
    );
    expect(n).toBe(1);
  });

  it('is told on plain HTTP as well', async () => {
    const nobody = { lane: 1, personId: randomUUID() };
    const links = platform.app.get(StopLinks, { strict: false });
    const link = links.linkFor(nobody, { businessId: null, purpose: null }, new Date());
    const url = `${platform.url}/stop/${link.split('/').at(-1)}`;
    expect((await fetch(url)).status).toBe(200);
    cutAt('assent_now');
    const response = await fetch(url);
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await response.json()).toMatchObject({ reason: 'UNAVAILABLE', retryAt: expect.any(String) });
  });
});
