import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parsePublicId } from '@assent/platform';
import { MessageProofs } from '../../libs/messaging/src/persistence/message-proofs.js';
import { aMedium, aPicture } from '../support/builders/media.js';
import { matchAll, type Reachable, send } from '../support/builders/messaging.js';
import {
  business,
  change,
  type Copy,
  copyOf,
  newestOfOperator,
  platform,
  report,
  rival,
  sent,
  somebody,
} from './proven-platform.js';

describe('who administers the database', () => {
  let someone: Reachable;
  beforeAll(async () => {
    someone = await somebody();
    await sent(someone, { text: 'An earlier one.' });
  });
  const flip = (at: string) => `content = set_byte(content, ${at}, get_byte(content, ${at}) # 1)`;
  const CONTENT: [string, string][] = [
    ['the version of its key', flip('0')],
    ['its nonce', flip('1')],
    ['its marker', flip('13')],
    ['its proof', flip('14')],
    ['its text', flip('30')],
    ['its seal', flip('octet_length(content) - 1')],
    ['its length', 'content = substr(content, 1, octet_length(content) - 1)'],
    [
      'it for another one',
      `content = (SELECT content FROM message o WHERE o.contact_id = m.contact_id AND o.id <> m.id LIMIT 1)`,
    ],
    ['how it is to be read', 'content_suite = 2'],
  ];

  it.each(CONTENT)('can not change %s unseen: STORED_MESSAGE_CHANGED', async (_, assignment) => {
    const { held } = await sent(someone);
    const before = platform.logs.length;
    await change(assignment);
    expect(await report(someone.person.api, held.id)).toEqual({
      reason: 'STORED_MESSAGE_CHANGED',
      retryAt: null,
    });
    const forged = { ...copyOf(held), text: 'Forged' };
    expect(await report(someone.person.api, held.id, forged)).toMatchObject({
      reason: 'STORED_MESSAGE_CHANGED',
    });
    // What the device has kept says what was sent.
    expect(await report(someone.person.api, held.id, copyOf(held))).toMatchObject({
      text: held.text,
      proof: { verified: true, disclosedBy: 'DEVICE', storedCopy: 'CHANGED' },
    });
    const told = platform.logs.slice(before).filter((line) => line.includes('is not what was sent'));
    expect(told).toHaveLength(3);
  });

  it('can not say that somebody else sent it, nor move it to another conversation', async () => {
    const reachable = await somebody();
    const { person } = reachable;
    const [atRival] = (await matchAll(platform.business(rival!.apiKey), [person])) as [Reachable];
    await sent(atRival, {}, platform.business(rival!.apiKey));
    const [contact] = await platform.database.sql<{ id: string }>(
      `SELECT id FROM contact WHERE business_id = $1 AND person_id = (SELECT person_id FROM message ORDER BY id DESC LIMIT 1)`,
      [parsePublicId('biz', rival!.id)],
    );
    const { id } = contact!;
    for (const assignment of [
      `business_id = '${parsePublicId('biz', rival!.id)}'`,
      `contact_id = '${id}'`,
      `business_id = '${parsePublicId('biz', rival!.id)}', contact_id = '${id}'`,
    ]) {
      const { held } = await sent(reachable);
      await change(assignment);
      for (const copy of [null, copyOf(held)])
        expect(await report(person.api, held.id, copy)).toMatchObject({ reason: 'STORED_MESSAGE_CHANGED' });
    }
    // The key of the content goes with it, so that it opens; the proof is of another contact still.
    const { held } = await sent(reachable);
    await platform.database.sql(
      `UPDATE contact c SET content_salt = (SELECT o.content_salt FROM contact o JOIN message m ON m.contact_id = o.id
        ORDER BY m.id DESC LIMIT 1) WHERE id = $1`,
      [id],
    );
    await change(`contact_id = '${id}'`);
    expect(await report(person.api, held.id)).toMatchObject({ reason: 'STORED_MESSAGE_CHANGED' });
    await change('person_id = assent_uuid_floor(now())');
    await expect(report(person.api, held.id)).rejects.toThrow(/input.message/);
  });

  it('can not pin a report on somebody else, nor say when it was', async () => {
    const reachable = await somebody();
    const { held } = await sent(reachable);
    await report(reachable.person.api, held.id);
    for (const assignment of [
      `business_id = '${parsePublicId('biz', rival!.id)}'`,
      `received_at = received_at - interval '1 ms'`,
      `reported_at = reported_at + interval '1 ms'`,
    ]) {
      const where = `WHERE id = (SELECT id FROM report ORDER BY id DESC LIMIT 1)`;
      const [row] = await platform.database.sql(
        `SELECT business_id, received_at, reported_at FROM report ${where}`,
      );
      await platform.database.sql(`UPDATE report SET ${assignment} ${where}`);
      expect(await newestOfOperator()).toMatchObject({ proof: { verified: false }, receipt: null });
      await platform.database.sql(
        `UPDATE report SET business_id = $1, received_at = $2, reported_at = $3 ${where}`,
        Object.values(row!),
      );
    }
    expect(await newestOfOperator()).toMatchObject({ proof: { verified: true } });
  });
});

describe('a person', () => {
  it('can not report what was not sent: NOT_WHAT_WAS_SENT', async () => {
    const reachable = await somebody();
    const { person } = reachable;
    const id = await aMedium(business, aPicture(), platform.url);
    const { held: picture } = await sent(reachable, { freeForm: null, media: { id, name: 'a.png' } });
    const { held } = await sent(reachable, { text: 'Hello' });
    const { held: later } = await sent(reachable, { text: 'Bye' });
    const forged: Copy[] = [
      { ...copyOf(held), text: 'Send us your PIN.' },
      { ...copyOf(held), text: `${held.text} ` },
      { ...copyOf(held), proof: later.proof },
      { ...copyOf(held), proof: randomBytes(16).toString('base64url') },
      { ...copyOf(held), media: picture.media },
      copyOf(later),
    ];
    for (const copy of forged)
      expect(await report(person.api, held.id, copy)).toEqual({ reason: 'NOT_WHAT_WAS_SENT', retryAt: null });
    for (const media of [
      null,
      ...Object.entries({ type: 'image/gif', bytes: 1, sha256: 'a'.repeat(64), name: null }).map(
        ([name, value]) => ({
          ...picture.media,
          [name]: value,
        }),
      ),
    ])
      expect(await report(person.api, picture.id, { ...copyOf(picture), media })).toMatchObject({
        reason: 'NOT_WHAT_WAS_SENT',
      });
    for (const copy of [
      { ...copyOf(held), proof: 'x' },
      { ...copyOf(held), text: 'x'.repeat(8_193) },
      { ...copyOf(picture), media: { ...picture.media!, sha256: 'no' } },
    ])
      await expect(report(person.api, held.id, copy)).rejects.toThrow(/input.copy/);
    expect(await report(person.api, picture.id, copyOf(picture))).toMatchObject({ media: picture.media });
  });

  it('can report nothing of somebody else’s, with a copy and a proof that they got hold of', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const [{ held }, { held: own }] = [await sent(one), await sent(other)];
    await expect(report(other.person.api, held.id, copyOf(held))).rejects.toThrow(/input.message/);
    expect(own.text).toBe(held.text);
    expect(await report(other.person.api, own.id, copyOf(held))).toMatchObject({
      reason: 'NOT_WHAT_WAS_SENT',
    });
  });

  it('can report what their device holds once the platform’s copy was erased', async () => {
    const reachable = await somebody();
    const { held } = await sent(reachable);
    await platform.database.sql(
      `UPDATE contact SET content_salt = NULL WHERE id = (SELECT contact_id FROM message ORDER BY id DESC LIMIT 1)`,
    );
    await expect(report(reachable.person.api, held.id)).rejects.toThrow(/input.message/);
    expect(await report(reachable.person.api, held.id, copyOf(held))).toMatchObject({
      text: held.text,
      proof: { verified: true, disclosedBy: 'DEVICE', storedCopy: 'ERASED' },
    });
  });

  it('blocks the business, and is answered as before, all the same', async () => {
    const reachable = await somebody();
    const { held } = await sent(reachable);
    const { id } = await report(reachable.person.api, held.id);
    await change('content_suite = 2');
    expect(await report(reachable.person.api, held.id, null, { alsoBlock: true })).toMatchObject({ id });
    expect(await send(business, reachable.contact)).toMatchObject({ reason: 'CONTACT_BLOCKED' });
  });
});

describe('the check of a proof', () => {
  /** What two of the attacks above come to. */
  async function attacks(): Promise<any[]> {
    const reachable = await somebody();
    const { held } = await sent(reachable);
    const forged = await report(reachable.person.api, held.id, {
      ...copyOf(held),
      text: 'Send us your PIN.',
    });
    const { held: next } = await sent(reachable);
    await change(`business_id = '${parsePublicId('biz', rival!.id)}'`);
    return [forged, await report(reachable.person.api, next.id)];
  }

  it('is what keeps forged messages out: without it they are taken', async () => {
    expect(await attacks()).toMatchObject([
      { reason: 'NOT_WHAT_WAS_SENT' },
      { reason: 'STORED_MESSAGE_CHANGED' },
    ]);
    const holds = Object.getOwnPropertyDescriptor(MessageProofs.prototype, 'holds')!;
    // The planted fault.
    MessageProofs.prototype.holds = () => true;
    try {
      const [forged, pinned] = await attacks();
      expect(pinned).toMatchObject({ proof: { verified: true } });
      // That it is not what is stored is noticed still.
      expect(forged).toMatchObject({ text: 'Send us your PIN.' });
      expect(await newestOfOperator()).toMatchObject({ businessName: 'Rival' });
    } finally {
      Object.defineProperty(MessageProofs.prototype, 'holds', holds);
    }
  });
});
