import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, anUnverifiedBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { messagesWith, write } from '../support/builders/conversations.js';
import { erased, eraseMe } from '../support/builders/erasure.js';
import {
  aMedium,
  anUpload,
  aPicture,
  complete,
  createUpload,
  put,
  sha256,
} from '../support/builders/media.js';
import { matchAll, reachablePeople, send } from '../support/builders/messaging.js';
import { aPerson } from '../support/builders/people.js';
import { FilesOfPeople, MEDIA, MOST_UNSENT } from './files-of-people.js';
import { clockAt } from '../consent/policy-clock.js';
import { exported, records, unpacked } from '../privacy/exports.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { type TestPlatform } from '../support/platform.js';

const HOUR = 3_600_000;

let people: FilesOfPeople;
let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;
beforeAll(async () => {
  people = await FilesOfPeople.start();
  ({ platform, shop, business } = people);
});
afterAll(() => platform.stop());

describe('a file of a person', () => {
  it('goes with what they write: the business finds it in the conversation, and they find it again', async () => {
    const person = await aPerson(platform);
    const bytes = people.aNewPicture();
    const id = await people.upload(person, bytes);
    expect(await people.show(person, id)).toMatchObject({
      __typename: 'WriteToBusinessPayload',
      understood: null,
    });
    const about = {
      ...{ kind: 'IMAGE', type: 'image/png', bytes: bytes.length },
      ...{ sha256: sha256(bytes), name: 'meter.png', url: expect.any(String) },
    };
    const { id: messageId, contact, ...message } = await people.newest();
    expect(message).toEqual({ direction: 'INBOUND', text: '', media: about });
    const answer = await people.get(message.media.url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(answer.headers.get('content-disposition')).toContain('meter.png');
    const one = await business.do(
      `query ($id: ID!, $contact: ID!) { message(id: $id) { ${MEDIA} } conversation(contact: $contact) { unread } }`,
      { id: messageId, contact: contact.id },
    );
    expect(one).toEqual({ message: { media: about }, conversation: { unread: 1 } });

    const { conversation } = await person.api.do(
      `query ($of: ID!) { conversation(business: $of) { nodes { fromYou text ${MEDIA} } } }`,
      { of: shop.id },
    );
    expect(conversation.nodes).toEqual([{ fromYou: true, text: '', media: about }]);
    expect((await people.get(conversation.nodes[0].media.url)).status).toBe(200);

    const files = await unpacked(await exported(platform, person));
    const { url: _, kind: __, ...named } = about;
    expect(records(files, 'messages.jsonl')[0].media).toEqual(named);
    const { type, sha256: hash } = about;
    expect(records(files, 'media.jsonl')[0]).toEqual({
      ...{ media: id, uploadedByYou: true, business: shop.id, type, bytes: bytes.length, sha256: hash },
      keptUntil: expect.any(String),
    });
  });

  it('is in the subscription of the business', async () => {
    const person = await aPerson(platform);
    const query = `subscription ($after: String) { messageReceived(after: $after) { cursor message { ${MEDIA} } } }`;
    const live = business.subscribe(query);
    const begun = new AbortController();
    const first = live.next().finally(() => begun.abort());
    // As often as it takes: nobody can say when a subscription has begun.
    while (!begun.signal.aborted) {
      await write(person.api, shop.id, 'Hello');
      await platform.eventsShow();
    }
    const { cursor: after } = (await first).value.messageReceived;
    await live.return(undefined);
    const bytes = people.aNewPicture();
    await people.show(person, await people.upload(person, bytes));
    for await (const { messageReceived } of business.subscribe(query, { after })) {
      if (messageReceived.message.media === null) continue;
      expect(messageReceived.message.media.sha256).toBe(sha256(bytes));
      expect((await people.get(messageReceived.message.media.url)).status).toBe(200);
      break;
    }
  });

  it('is shown to a business by a link that ends, and of which two businesses have nothing in common', async () => {
    const person = await aPerson(platform);
    const id = await people.upload(person);
    await people.show(person, id, 'Look');
    const { media } = await people.newest();
    await platform.shiftClock(16 * 60_000);
    expect((await people.get(media.url)).status).toBe(404);
    await platform.shiftClock(0);
    const other = await aBusiness(platform);
    // One file goes with one message, so no id of it is seen twice.
    expect(await people.show(person, id, null, other)).toMatchObject({
      reason: 'MEDIA_UNKNOWN',
      retryAt: null,
    });
  });

  it('goes with one message under one key, however often it is asked for', async () => {
    const person = await aPerson(platform);
    const [id, other] = [await people.upload(person), await people.upload(person)];
    const key = 'again';
    const answers = await Promise.all([1, 2, 3].map(() => people.show(person, id, 'Look', shop, key)));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await people.show(person, other, 'Look', shop, key)).toMatchObject({
      reason: 'IDEMPOTENCY_CONFLICT',
    });
    expect(await write(person.api, shop.id, 'Look', key)).toMatchObject({ reason: 'IDEMPOTENCY_CONFLICT' });
    const rivals = await Promise.all([1, 2, 3].map(() => people.show(person, other)));
    expect(rivals.filter(({ reason }) => !reason)).toHaveLength(1);
    expect(rivals.filter(({ reason }) => reason === 'MEDIA_UNKNOWN')).toHaveLength(2);
  });

  it('is theirs alone: neither another person nor a business can complete or send it', async () => {
    const [person, stranger] = [await aPerson(platform), await aPerson(platform)];
    const bytes = people.aNewPicture();
    const begun = await anUpload(person.api, bytes, platform.url);
    await put(begun, bytes);
    for (const client of [stranger.api, business]) {
      expect(await complete(client, begun.id)).toMatchObject({ reason: 'MEDIA_NOT_FOUND' });
    }
    expect(await people.show(person, begun.id)).toMatchObject({ reason: 'MEDIA_UNKNOWN' }); // not completed
    await complete(person.api, begun.id);
    expect(await people.show(stranger, begun.id)).toMatchObject({ reason: 'MEDIA_UNKNOWN' });
    const [reachable] = await reachablePeople(platform, business, 1);
    await write(reachable!.person.api, shop.id, 'Hello');
    const sent = () => send(business, reachable!.contact, { freeForm: null, media: { id: begun.id } });
    expect(await sent()).toMatchObject({ reason: 'MEDIA_UNKNOWN' });
    await people.show(person, begun.id);
    expect(await sent()).toMatchObject({ reason: 'MEDIA_UNKNOWN' }); // no more after it was received

    const theirs = await aMedium(business, people.aNewPicture(), platform.url);
    expect(await people.show(person, theirs)).toMatchObject({ reason: 'MEDIA_UNKNOWN' });
    const { id: message } = await people.newest();
    const other = platform.business((await aBusiness(platform)).apiKey);
    const query = `query ($id: ID!) { message(id: $id) { ${MEDIA} } }`;
    expect(await other.do(query, { id: message })).toEqual({ message: null });
  });

  it('reaches no business that has blocked them, or that nobody has checked and that they do not know', async () => {
    const [one] = await reachablePeople(platform, business, 1);
    const { person, contact } = one!;
    await business.do('mutation ($of: ID!) { blockContact(input: { contact: $of }) { __typename } }', {
      of: contact,
    });
    const id = await people.upload(person);
    expect(await people.show(person, id)).toMatchObject({ reason: 'BLOCKED_BY_BUSINESS' });
    expect(await messagesWith(business, contact)).toEqual([]);
    const unverified = (await anUnverifiedBusiness(platform)) as TestBusiness;
    expect(await people.show(person, id, null, unverified)).toMatchObject({
      reason: 'BUSINESS_NOT_VERIFIED',
    });
    // Nothing was spent: it can go to somebody else.
    const other = await aBusiness(platform);
    expect(await people.show(person, id, null, other)).toMatchObject({
      __typename: 'WriteToBusinessPayload',
    });
  });

  it('is nothing that a stop waits for', async () => {
    const person = await aPerson(platform);
    await matchAll(business, [person]);
    expect(await people.show(person, 'med_nonsense', 'STOP')).toMatchObject({
      ...{ reason: 'MEDIA_UNKNOWN', understood: 'STOP' },
      consent: { standing: 'STOPPED' },
    });
  });

  it.each([
    ['a type that is not taken', { type: 'text/html' }, 'input.type'],
    ['too many bytes for its kind', { bytes: 401 }, 'input.bytes'],
    ['no hash', { sha256: 'abc' }, 'input.sha256'],
  ])('is not taken with %s', async (_, changes, field) => {
    const { api } = await aPerson(platform);
    const [error] = (await createUpload(api, aPicture(), changes)).errors;
    expect(error.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field }] });
  });

  it('is taken only as it was declared, and with a text or without', async () => {
    const person = await aPerson(platform);
    const page = Buffer.from('<script>alert(1)</script>');
    const begun = await anUpload(person.api, page, platform.url);
    expect(await complete(person.api, begun.id)).toMatchObject({ reason: 'MEDIA_NOT_THERE' });
    expect(await put(begun, people.aNewPicture())).toBe(409);
    expect(await put(begun, page)).toBe(204);
    expect(await complete(person.api, begun.id)).toMatchObject({ reason: 'MEDIA_NOT_AS_DECLARED' });
    await expect(write(person.api, shop.id, null)).rejects.toThrow('must have a text, media or both');
  });
});

describe('room for files of a person', () => {
  it('is made once under a key, and for no more files than may be unsent, until exactly then', async () => {
    const person = await aPerson(platform);
    const bytes = people.aNewPicture();
    const [first, again] = [
      await createUpload(person.api, bytes, {}, 'k'),
      await createUpload(person.api, bytes, {}, 'k'),
    ];
    expect(again.data).toEqual(first.data);
    const more = await Promise.all([1, 2, 3, 4].map(() => createUpload(person.api, people.aNewPicture())));
    const outcomes = more.map(({ data }) => data.createMediaUpload);
    const refused = outcomes.filter(({ reason }) => reason === 'MEDIA_UNSENT');
    expect(refused).toHaveLength(1 + more.length - MOST_UNSENT);
    const retryAt = Date.parse(refused[0].retryAt);
    expect(retryAt - Date.now()).toBeLessThan(HOUR);
    const ask = async () => (await createUpload(person.api, people.aNewPicture())).data.createMediaUpload;
    await clockAt(platform, new Date(retryAt - 1));
    expect(await ask()).toMatchObject({ reason: 'MEDIA_UNSENT', retryAt: refused[0].retryAt });
    await clockAt(platform, new Date(retryAt));
    expect(await ask()).toMatchObject({ __typename: 'CreateMediaUploadPayload' });
    await platform.shiftClock(0);
  });

  it('comes back with each that is sent, up to what all of them may be', async () => {
    const person = await aPerson(platform);
    const ask = async (bytes: number) =>
      (await createUpload(person.api, people.aNewPicture(bytes))).data.createMediaUpload;
    await people.show(person, await people.upload(person, people.aNewPicture(400)));
    await people.show(person, await people.upload(person, people.aNewPicture(400)));
    expect(await ask(400)).toMatchObject({ __typename: 'CreateMediaUploadPayload' });
    const full = await ask(1);
    expect(full.reason).toBe('MEDIA_QUOTA');
    // When the one that is not completed goes.
    expect((Date.parse(full.retryAt) - Date.now()) / HOUR).toBeCloseTo(1, 0);
  });

  it('is for so many bytes that were not sent', async () => {
    const person = await aPerson(platform);
    for (const bytes of [400, 400]) await createUpload(person.api, people.aNewPicture(bytes));
    const { data } = await createUpload(person.api, people.aNewPicture(201));
    expect(data.createMediaUpload).toMatchObject({ reason: 'MEDIA_UNSENT' });
  });
});

describe('what becomes of files of a person', () => {
  it('is that they are removed when nobody completes or sends them, and some time after they were sent', async () => {
    await platform.shiftClock(40 * 24 * HOUR);
    await people.cleanUp();
    await people.cleanUp();
    await platform.shiftClock(0);
    expect(people.stored()).toBe(0);
    const person = await aPerson(platform);
    const bytes = people.aNewPicture();
    await put(await anUpload(person.api, bytes, platform.url), bytes);
    await people.upload(person);
    await people.show(person, await people.upload(person));
    const { media } = await people.newest();
    const left: number[] = [];
    for (const hours of [0, 2, 23, 25 + 2, 31 * 24]) {
      await platform.shiftClock(hours * HOUR);
      await people.cleanUp();
      left.push(people.stored());
    }
    await platform.shiftClock(0);
    expect(left).toEqual([3, 2, 2, 1, 0]);
    expect((await people.get(media.url)).status).toBe(404);
  });

  it('is that they go with the person, from businesses too, and what arrives late goes after them', async () => {
    const person = await aPerson(platform);
    await people.show(person, await people.upload(person), 'Look');
    const { id, media } = await people.newest();
    const late = people.aNewPicture();
    const begun = await anUpload(person.api, late, platform.url);
    const { token } = await eraseMe(person);
    expect((await people.get(media.url)).status).toBe(404);
    expect(await put(begun, late)).toBe(404);
    expect((await createUpload(person.api, people.aNewPicture())).errors[0].extensions.code).toBe(
      'UNAUTHENTICATED',
    );
    const { stores } = await erased(platform, token);
    expect(stores).toContainEqual(expect.objectContaining({ store: 'media of yours', rows: 2 }));
    const { message } = await business.do('query ($id: ID!) { message(id: $id) { text media { url } } }', {
      id,
    });
    expect(message).toEqual({ text: null, media: null });
    await people.cleanUp();
    expect(people.stored()).toBe(0);
    await platform.shiftClock(3 * HOUR);
    await people.cleanUp();
    await platform.shiftClock(0);
    expect(await platform.database.sql('SELECT FROM media_removal')).toEqual([]);
  });
});
