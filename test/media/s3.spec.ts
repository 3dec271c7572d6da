import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ForgetMedia } from '@assent/media';
import { aBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { eraseMe } from '../support/builders/erasure.js';
import { aMedium, anUpload, aPicture, complete, put } from '../support/builders/media.js';
import { reachablePeople, send } from '../support/builders/messaging.js';
import { aPerson } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { S3_KEY, S3Server } from './s3-server.js';

const store = new S3Server();
let platform: TestPlatform;
let business: GraphQLClient;
let shop: string;
beforeAll(async () => {
  platform = await startPlatform({
    MEDIA_S3_URL: await store.start(),
    MEDIA_S3_KEY: `${S3_KEY.id}:${S3_KEY.secret}`,
    MEDIA_S3_REGION: S3_KEY.region,
  });
  const made = await aBusiness(platform);
  shop = made.id;
  business = platform.business(made.apiKey);
});
afterAll(async () => {
  await platform.stop();
  await store.stop();
});

describe('a file in an object store', () => {
  it('is put there, bound to its message, fetched from there, and removed', async () => {
    const bytes = aPicture('in a bucket');
    const upload = await anUpload(business, bytes);
    expect(await complete(business, upload.id)).toMatchObject({ reason: 'MEDIA_NOT_THERE' });
    expect(await put(upload, bytes)).toBe(200);
    expect(await complete(business, upload.id)).toMatchObject({ id: upload.id });

    const [reachable] = await reachablePeople(platform, business, 1);
    await write(reachable!.person.api, shop, 'hello');
    await send(business, reachable!.contact, {
      freeForm: 'Look',
      media: { id: upload.id, name: 'a (1)*.png' },
    });
    const { media, text } = await until('it is visible', async () => {
      const { inbox } = await reachable!.person.api.do(
        `{ inbox(first: 1) { nodes { text media { url } } } }`,
      );
      return inbox.nodes[0];
    });
    expect(text).toBe('Look');
    const answer = await fetch(media.url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''a%20%281%29%2A.png`);
    expect(store.refused).toEqual([]);

    await platform.shiftClock(100 * 24 * 3_600_000);
    await platform.app.get(ForgetMedia, { strict: false }).execute();
    await platform.shiftClock(0);
    expect(store.objects.size).toBe(0);
  });

  it('of a person is there for a business, and goes with the person, even where it arrives late', async () => {
    const person = await aPerson(platform);
    const [bytes, late] = [aPicture('of a person'), aPicture('late')];
    const id = await aMedium(person.api, bytes);
    expect(await write(person.api, shop, null, 'with-a-picture', { id })).toMatchObject({
      id: expect.any(String),
    });
    const { messages } = await business.do('{ messages(first: 1) { nodes { media { url } } } }');
    const answer = await fetch(messages.nodes[0].media.url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    const begun = await anUpload(person.api, late);
    await eraseMe(person);
    const forget = platform.app.get(ForgetMedia, { strict: false });
    await forget.execute();
    expect(store.objects.size).toBe(0);
    expect(await put(begun, late)).toBe(200); // the store knows of no person
    await platform.shiftClock(3 * 3_600_000);
    await forget.execute();
    await platform.shiftClock(0);
    expect(store.objects.size).toBe(0);
  });

  it('is refused by the store where it is not what was declared', async () => {
    const bytes = aPicture('declared');
    const upload = await anUpload(business, bytes);
    const { headers } = upload;
    expect(await put(upload, aPicture('DECLARED'))).toBe(400);
    expect(await put({ ...upload, headers: { ...headers, 'content-type': 'text/html' } }, bytes)).toBe(403);
    const { 'x-amz-checksum-sha256': _, 'content-length': __, ...without } = headers;
    expect(await put({ ...upload, headers: without }, bytes)).toBe(403);
    expect(store.objects.size).toBe(0);
  });

  it('needs a key in the settings', async () => {
    await expect(startPlatform({ MEDIA_S3_URL: 'https://s3.example.com/bucket' })).rejects.toThrow(
      'MEDIA_S3_KEY',
    );
  });
});
