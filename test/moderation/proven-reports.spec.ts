import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONTENTS_SEALED } from '@assent/messaging';
import { Database, KeyRing, parsePublicId, Reseal } from '@assent/platform';
import pg from 'pg';
import { readKey } from '../../apps/verify/src/note.js';
import { verifyFile } from '../../apps/verify/src/verify.js';
import { ContentVault } from '../../libs/messaging/src/persistence/content-vault.js';
import { MessageProofs } from '../../libs/messaging/src/persistence/message-proofs.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { aMedium, aPicture } from '../support/builders/media.js';
import { matchAll, type Reachable, reachablePeople, send } from '../support/builders/messaging.js';
import type { TestPerson } from '../support/builders/people.js';
import {
  anApprovedTemplate,
  approveTemplate,
  editTemplate,
  submitTemplate,
} from '../support/builders/templates.js';
import { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const [FIRST, SECOND] = [1, 2].map((version) => `${version}:${randomBytes(32).toString('base64')}`);
const COPY = 'text media { type bytes sha256 name } proof';
const REPORT = `text media { type bytes sha256 name } proof { verified commitment tag sentAt disclosedBy storedCopy }
  receipt`;

let platform: TestPlatform;
let [shop, rival]: TestBusiness[] = [];
let business: GraphQLClient;
let key: string;
beforeAll(async () => {
  platform = await startPlatform({ ASSENT_KEYS: FIRST!, PAIR_BURST: '1000' });
  [shop, rival] = [
    await aBusiness(platform, { displayName: 'Lindenbaum' }),
    await aBusiness(platform, { displayName: 'Rival' }),
  ];
  business = platform.business(shop.apiKey);
  key = (await (await fetch(`${platform.url}/consent-log/key`)).text()).trim();
});
afterAll(() => platform.stop());

/** A message as its person's device holds it. */
interface Copy {
  text: string;
  media: Record<string, unknown> | null;
  proof: string;
}
type Held = Copy & { id: string };

/** Somebody who may be written to in free words. */
async function somebody(): Promise<Reachable> {
  const [reachable] = (await reachablePeople(platform, business, 1)) as [Reachable];
  await write(reachable.person.api, shop!.id, 'hello');
  return reachable;
}

/** Sends a message, and waits until the device has it. */
async function sent(
  { person, contact }: Reachable,
  changes: Record<string, unknown> = {},
  by = business,
): Promise<{ held: Held; acceptedAt: string }> {
  const newest = async (fields: string) => {
    const { inbox } = await person.api.do(`{ inbox(first: 1) { nodes { ${fields} } } }`);
    return inbox.nodes[0];
  };
  const before = await newest('id');
  const { acceptedAt } = await send(by, contact, changes);
  await until('the device has it', async () => (await newest('id'))?.id !== before?.id);
  return { held: await newest(`id ${COPY}`), acceptedAt: acceptedAt! };
}

const copyOf = ({ text, media, proof }: Copy): Copy => ({ text, media, proof });

async function report(
  client: GraphQLClient,
  message: string,
  copy: Copy | null = null,
  changes: Record<string, unknown> = {},
): Promise<any> {
  const { reportMessage } = await client.do(
    `mutation ($input: ReportMessageInput!) { reportMessage(input: $input) {
      ... on ReportMessagePayload { report { id ${REPORT} } } ... on Refusal { reason retryAt }
    } }`,
    { input: { message, kind: 'FRAUD', copy, ...changes } },
  );
  return reportMessage.report ?? reportMessage;
}

/** The newest report as the operator sees it. */
async function newestOfOperator(): Promise<any> {
  const { reports } = await platform
    .admin()
    .do(`{ reports(first: 100) { nodes { businessName ${REPORT} } } }`);
  return reports.nodes.at(-1);
}

/** What `assent-verify` says of a receipt. */
async function verified(receipt: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'assent-report-'));
  try {
    writeFileSync(join(folder, 'receipt.json'), receipt);
    return await verifyFile(join(folder, 'receipt.json'), { keys: [readKey(key)], checkpoints: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Changes the newest message of a business beneath the platform, as who administers the database can. */
const change = (assignment: string) =>
  platform.database.sql(
    `UPDATE message m SET ${assignment}
      WHERE (lane, id) = (SELECT lane, id FROM message WHERE direction = 'OUTBOUND' ORDER BY id DESC LIMIT 1)`,
  );

describe('a report', () => {
  it.each([
    ['a template', {}],
    ['free words', { freeForm: 'Send us your PIN.\nþÿ' }],
    ['a file', { freeForm: null, media: 'Grüße.png' }],
  ])('proves what was sent, and when: %s', async (_, { media, ...changes }: Record<string, unknown>) => {
    const reachable = await somebody();
    const file = media && { media: { id: await aMedium(business, aPicture(), platform.url), name: media } };
    const { held, acceptedAt } = await sent(reachable, { ...changes, ...(file || {}) });
    const made = await report(reachable.person.api, held.id);
    const { id: __, ...reported } = made;
    expect(reported).toMatchObject({
      text: held.text,
      media: held.media,
      proof: {
        verified: true,
        commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
        tag: held.proof,
        sentAt: acceptedAt,
        disclosedBy: 'PLATFORM',
        storedCopy: 'AS_SENT',
      },
    });
    expect(await newestOfOperator()).toEqual({ businessName: 'Lindenbaum', ...reported });
    const { conversation } = await reachable.person.api.do(
      `query ($of: ID!) { conversation(business: $of) { nodes { proof } } }`,
      { of: shop!.id },
    );
    expect(conversation.nodes).toEqual([{ proof: held.proof }, { proof: null }]);
  });

  it('is the same from what the device holds', async () => {
    const reachable = await somebody();
    const { held } = await sent(reachable);
    expect(await report(reachable.person.api, held.id, copyOf(held))).toMatchObject({
      text: held.text,
      proof: { verified: true, tag: held.proof, disclosedBy: 'DEVICE', storedCopy: 'AS_SENT' },
    });
  });

  it('has a receipt that holds offline, with the message and without it, and with no other', async () => {
    const reachable = await somebody();
    const { held, acceptedAt } = await sent(reachable);
    const { receipt, proof } = await report(reachable.person.api, held.id);
    const said = {
      kind: 'report receipt',
      business: shop!.id,
      businessName: 'Lindenbaum',
      sentAt: acceptedAt,
      commitment: proof.commitment,
    };
    expect(await verified(receipt)).toMatchObject({ ...said, isOpened: true });
    const { message, ...alone } = JSON.parse(receipt);
    expect(JSON.stringify(alone)).not.toContain(held.text);
    expect(await verified(JSON.stringify(alone))).toMatchObject({ ...said, isOpened: false });
    for (const other of [
      { ...message, text: 'Something else.' },
      { ...message, tag: randomBytes(16).toString('base64url') },
      { ...message, media: { type: 'image/png', bytes: 1, sha256: 'ab', name: null } },
    ])
      await expect(verified(JSON.stringify({ ...alone, message: other }))).rejects.toThrow(
        /not the message that was reported/,
      );
    for (const [field, value] of Object.entries<string>(alone.report)) {
      const other = value.replace(/\w/, (first) => (first === '9' ? '8' : '9'));
      const changed = { ...alone, report: { ...alone.report, [field]: other } };
      await expect(verified(JSON.stringify(changed))).rejects.toThrow(/signature of the receipt/);
    }
  });

  it('of a message from before there were proofs is taken, and proves nothing', async () => {
    const reachable = await somebody();
    const { held } = await sent(reachable);
    const [row] = await platform.database.sql<{ id: string; contactId: string; contentSalt: Buffer }>(
      `SELECT m.id, m.contact_id AS "contactId", c.content_salt AS "contentSalt"
        FROM message m JOIN contact c ON c.id = m.contact_id ORDER BY m.id DESC LIMIT 1`,
    );
    const vault = platform.app.get(ContentVault, { strict: false });
    const former = vault.seal(row!, row!.id, 'As it was.');
    await platform.database.sql('UPDATE message SET content = $1 WHERE id = $2', [former, row!.id]);
    const { reason } = await report(reachable.person.api, held.id, { ...copyOf(held), text: 'As it was.' });
    expect(reason).toBe('NOT_WHAT_WAS_SENT');
    const { id: _, ...reported } = await report(reachable.person.api, held.id);
    expect(reported).toEqual({ text: 'As it was.', media: null, proof: null, receipt: null });
    expect(await newestOfOperator()).toEqual({ businessName: 'Lindenbaum', ...reported });
  });

  it('shows what was sent, whatever becomes of the template', async () => {
    const owner = platform.business(shop!.token);
    const template = await anApprovedTemplate(platform, owner, {
      texts: [{ language: 'en', body: 'Send your PIN to {order}.' }],
    });
    const reachable = await somebody();
    const { held } = await sent(reachable, {
      template: { name: template.name, parameters: [{ name: 'order', value: 'Ms Smith' }] },
    });
    await editTemplate(owner, template.id, {
      texts: [{ language: 'en', body: 'Have a nice day, {order}.' }],
    });
    const { template: edited } = await submitTemplate(owner, template.id);
    await approveTemplate(platform, edited!.versions[0]!.id);
    await platform.database.sql(
      `UPDATE template_text SET body = 'Have a nice day, {order}.' WHERE body LIKE '%PIN%'`,
    );
    expect(held.text).toBe('Send your PIN to Ms Smith.');
    expect(await report(reachable.person.api, held.id)).toMatchObject({
      text: held.text,
      proof: { verified: true },
    });
  });
});

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

describe('the operator’s staff', () => {
  it('see what was reported, and no other message of that conversation', async () => {
    const reachable = await somebody();
    await sent(reachable, { text: 'Your test was positive.' });
    const { held } = await sent(reachable, { text: 'Send us your PIN.' });
    await sent(reachable, { text: 'Your next test is on Friday.' });
    await report(reachable.person.api, held.id);
    const { reports } = await platform.admin().do(`{ reports(first: 100) { nodes { ${REPORT} note } } }`);
    expect(JSON.stringify(reports)).toContain('Send us your PIN.');
    expect(JSON.stringify(reports)).not.toMatch(/Your (next )?test/);
    const login = new pg.Client({ connectionString: platform.database.appUrl });
    await login.connect();
    await login.query('BEGIN; SET LOCAL ROLE assent_admin');
    await expect(login.query('SELECT content FROM message')).rejects.toThrow(/permission denied/);
    await login.end();
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
    const { holds } = MessageProofs.prototype;
    // The planted fault.
    MessageProofs.prototype.holds = () => true;
    try {
      const [forged, pinned] = await attacks();
      expect(pinned).toMatchObject({ proof: { verified: true } });
      // That it is not what is stored is noticed still.
      expect(forged).toMatchObject({ text: 'Send us your PIN.' });
      expect(await newestOfOperator()).toMatchObject({ businessName: 'Rival' });
    } finally {
      MessageProofs.prototype.holds = holds;
    }
  });
});

describe('a rotation of keys', () => {
  it('leaves proofs as they are, on devices and beside what is sealed anew', async () => {
    const reachable = await somebody();
    const [{ held }, { held: kept }] = [await sent(reachable), await sent(reachable)];
    const both = `${FIRST},${SECOND}`;
    const url = await platform.anotherServer(both);
    const reseal = new Reseal(platform.app.get(Database, { strict: false }), KeyRing.parse(both));
    for await (const { unreadable } of reseal.through(CONTENTS_SEALED[0]!)) expect(unreadable).toBeDefined();
    const [row] = await platform.database.sql<{ version: number }>(
      'SELECT get_byte(content, 0) AS version FROM message ORDER BY id DESC LIMIT 1',
    );
    expect(row).toEqual({ version: 2 });
    const { token } = reachable.person as TestPerson;
    const client = new GraphQLClient(`${url}/person/graphql`, token);
    expect(await report(client, held.id)).toMatchObject({ proof: { verified: true, tag: held.proof } });
    const { receipt } = await report(client, kept.id, copyOf(kept));
    expect(await verified(receipt)).toMatchObject({ isOpened: true });
  });
});
