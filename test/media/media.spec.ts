import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ForgetMedia } from '@assent/media';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { erased, eraseMe } from '../support/builders/erasure.js';
import {
  aMedium,
  anUpload,
  aPicture,
  complete,
  createUpload,
  from,
  put,
  sha256,
} from '../support/builders/media.js';
import { type Reachable, reachablePeople, send } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { exported, records, unpacked } from '../privacy/exports.js';

let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;
beforeAll(async () => {
  platform = await startPlatform({ MEDIA_QUOTA_BYTES: '1000', MEDIA_MOST_BYTES: '400,16,16,16' });
  shop = await aBusiness(platform);
  business = platform.business(shop.apiKey);
});
afterAll(() => platform.stop());

const MEDIA = 'media { kind type bytes sha256 name url urlExpiresAt }';

/** Somebody whose service window is open. */
async function somebody(of = shop, by = business): Promise<Reachable> {
  const [reachable] = await reachablePeople(platform, by, 1);
  await write(reachable!.person.api, of.id, 'hello');
  return reachable!;
}
const show = (contact: string, id: string, name: string | null = null, by = business) =>
  send(by, contact, { freeForm: null, media: { id, name } });
async function received({ person }: Reachable): Promise<any> {
  return until('it is visible', async () => {
    const { inbox } = await person.api.do(`{ inbox(first: 1) { nodes { text ${MEDIA} } } }`);
    return inbox.nodes[0];
  });
}
const get = (url: string) => fetch(from(platform.url, url));

describe('a file', () => {
  it('goes with a message to the person, who finds its hash in the message and its bytes at a URL', async () => {
    const bytes = aPicture();
    const reachable = await somebody();
    const id = await aMedium(business, bytes, platform.url);
    expect(await show(reachable.contact, id, 'Grüße "1".png')).toMatchObject({
      __typename: 'AcceptedMessage',
    });
    const { text, media } = await received(reachable);
    expect(text).toBe('');
    expect(media).toMatchObject({
      kind: 'IMAGE',
      type: 'image/png',
      bytes: bytes.length,
      sha256: sha256(bytes),
      name: 'Grüße "1".png',
    });
    const answer = await get(media.url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.png`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, no-store',
    });
    const { conversation } = await reachable.person.api.do(
      `query ($of: ID!) { conversation(business: $of) { nodes { fromYou ${MEDIA} } } }`,
      { of: shop.id },
    );
    expect(conversation.nodes.map((node: any) => node.media?.sha256 ?? null)).toEqual([sha256(bytes), null]);
    const { messages } = await business.do(
      `query ($contact: ID!) { messages(first: 2, contact: $contact) { nodes { ${MEDIA} } } }`,
      { contact: reachable.contact },
    );
    expect(messages.nodes[0].media.sha256).toBe(sha256(bytes));
    const files = await unpacked(await exported(platform, reachable.person));
    expect(records(files, 'messages.jsonl').map(({ media }) => media)).toEqual([
      null,
      { type: 'image/png', bytes: bytes.length, sha256: sha256(bytes), name: 'Grüße "1".png' },
    ]);
    expect(records(files, 'media.jsonl')).toEqual([{ media: id, business: shop.id }]);
  });

  it('is taken only as it was declared', async () => {
    const bytes = aPicture('as declared');
    const upload = await anUpload(business, bytes, platform.url);
    expect(await complete(business, upload.id)).toMatchObject({ reason: 'MEDIA_NOT_THERE' });
    expect(await put(upload, aPicture('AS declared'))).toBe(409);
    expect(await put(upload, Buffer.concat([bytes, bytes]))).toBe(409);
    expect(await put(upload, bytes.subarray(1))).toBe(409);
    expect(await complete(business, upload.id)).toMatchObject({ reason: 'MEDIA_NOT_THERE' });
    expect(await put(upload, bytes)).toBe(204);
    expect(await complete(business, upload.id)).toMatchObject({ id: upload.id });
    expect(await complete(business, upload.id)).toMatchObject({ id: upload.id });
    expect(await put(upload, bytes)).toBe(404); // what was looked at never changes
  });

  it('is none that says that it is a picture', async () => {
    const page = Buffer.from('<script>alert(1)</script>');
    const upload = await anUpload(business, page, platform.url);
    expect(await put(upload, page)).toBe(204);
    expect(await complete(business, upload.id)).toMatchObject({ reason: 'MEDIA_NOT_AS_DECLARED' });
    const { contact } = await somebody();
    expect(await show(contact, upload.id)).toMatchObject({ reason: 'MEDIA_UNKNOWN' });
  });

  it.each([
    ['a type that is not taken', { type: 'text/html' }, 'input.type'],
    ['a type of Object', { type: 'constructor' }, 'input.type'],
    ['no bytes', { bytes: 0 }, 'input.bytes'],
    ['too many bytes for its kind', { bytes: 401 }, 'input.bytes'],
    ['no hash', { sha256: 'abc' }, 'input.sha256'],
  ])('is not taken with %s', async (_, changes, field) => {
    const [error] = (await createUpload(business, aPicture(), changes)).errors;
    expect(error.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field }] });
  });

  it('is uploaded and fetched by nothing but the URL that was signed, for its time', async () => {
    const bytes = aPicture('signed');
    const upload = await anUpload(business, bytes, platform.url);
    const changed = (name: string, value: string) => {
      const url = new URL(upload.url);
      url.searchParams.set(name, value);
      return { ...upload, url: url.toString() };
    };
    const other = await anUpload(business, aPicture('other'), platform.url);
    const borrowed = {
      ...upload,
      url: other.url.replace(/^[^?]+/, new URL(upload.url).origin + new URL(upload.url).pathname),
    };
    for (const bad of [
      changed('until', '99999999999'),
      changed('signature', 'AAAA'),
      changed('name', 'x'),
      borrowed,
    ]) {
      expect(await put(bad, bytes)).toBe(404);
    }
    expect((await fetch(upload.url)).status).toBe(404); // a PUT is no GET
    await put(upload, bytes);
    await complete(business, upload.id);
    const reachable = await somebody();
    await show(reachable.contact, upload.id);
    const { media } = await received(reachable);
    expect((await get(media.url)).status).toBe(200);
    expect((await get(`${media.url}x`)).status).toBe(404);
    await platform.shiftClock(16 * 60_000);
    expect((await get(media.url)).status).toBe(404);
    await platform.shiftClock(0);
  });

  it('is its business’s: another one can neither complete nor send it', async () => {
    const other = await aBusiness(platform);
    const theirs = platform.business(other.apiKey);
    const bytes = aPicture('mine');
    const upload = await anUpload(business, bytes, platform.url);
    await put(upload, bytes);
    expect(await complete(theirs, upload.id)).toMatchObject({ reason: 'MEDIA_NOT_FOUND' });
    await complete(business, upload.id);
    const { contact } = await somebody(other, theirs);
    expect(await show(contact, upload.id, null, theirs)).toMatchObject({ reason: 'MEDIA_UNKNOWN' });
    expect(await show(contact, 'med_nonsense', null, theirs)).toMatchObject({ reason: 'MEDIA_UNKNOWN' });
  });

  it('has room made for it once under a key, and no more than there is', async () => {
    const other = await aBusiness(platform);
    const theirs = platform.business(other.apiKey);
    const bytes = (nr: number) => aPicture(`${nr}`.padEnd(392, '.'));
    const [first, again] = [
      await createUpload(theirs, bytes(0), {}, 'k'),
      await createUpload(theirs, bytes(0), {}, 'k'),
    ];
    expect(again.data).toEqual(first.data);
    expect(again.extensions.replayed).toEqual(['createMediaUpload']);
    const more = await Promise.all([1, 2, 3, 4].map((nr) => createUpload(theirs, bytes(nr))));
    const outcomes = more.map(({ data }) => data.createMediaUpload);
    expect(outcomes.filter(({ __typename }) => __typename === 'CreateMediaUploadPayload')).toHaveLength(1);
    for (const { reason, retryAt } of outcomes.filter((outcome) => 'reason' in outcome)) {
      expect(reason).toBe('MEDIA_QUOTA');
      expect(Date.parse(retryAt)).toBeGreaterThan(Date.now());
    }
  });

  it('is gone with the last person that it was sent to', async () => {
    const other = await aBusiness(platform);
    const theirs = platform.business(other.apiKey);
    const [one, two] = [await somebody(other, theirs), await somebody(other, theirs)];
    const id = await aMedium(theirs, aPicture('both'), platform.url);
    for (const { contact } of [one, two]) await show(contact, id, null, theirs);
    const { media } = await received(two);
    await received(one);
    await erased(platform, (await eraseMe(one.person)).token);
    expect((await get(media.url)).status).toBe(200);
    const erasure = await erased(platform, (await eraseMe(two.person)).token);
    expect(erasure).toMatchObject({
      stores: expect.arrayContaining([expect.objectContaining({ store: 'media sent to you', rows: 1 })]),
    });
    expect((await get(media.url)).status).toBe(404);
    const forget = platform.app.get(ForgetMedia, { strict: false });
    await forget.execute();
    // Its upload could still be under way; then no more.
    await platform.shiftClock(3 * 3_600_000);
    await forget.execute();
    await platform.shiftClock(0);
    expect(await platform.database.sql('SELECT FROM media_removal')).toEqual([]);
  });

  it('is removed when nobody completes or sends it, and stays as long as a message may need it', async () => {
    const other = await aBusiness(platform);
    const theirs = platform.business(other.apiKey);
    const reachable = await somebody(other, theirs);
    const sent = await aMedium(theirs, aPicture('sent'), platform.url);
    const unsent = await aMedium(theirs, aPicture('unsent'), platform.url);
    await show(reachable.contact, sent, null, theirs);
    await received(reachable);
    const media = await platform.database.sql<{ days: number }>(
      `SELECT round(extract(epoch FROM expires_at - assent_now()) / 86400)::integer AS days FROM media
        WHERE business_id = (SELECT business_id FROM media ORDER BY created_at DESC LIMIT 1) ORDER BY expires_at`,
    );
    expect(media.map(({ days }) => days)).toEqual([30, 60]);
    await platform.shiftClock(31 * 24 * 3_600_000);
    await platform.app.get(ForgetMedia, { strict: false }).execute();
    await platform.shiftClock(0);
    expect(await show(reachable.contact, sent, null, theirs)).toMatchObject({
      __typename: 'AcceptedMessage',
    });
    expect(await show(reachable.contact, unsent, null, theirs)).toMatchObject({ reason: 'MEDIA_UNKNOWN' });
  });
});
