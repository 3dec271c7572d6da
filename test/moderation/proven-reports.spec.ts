import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CONTENTS_SEALED } from '@assent/messaging';
import { Database, KeyRing, Reseal } from '@assent/platform';
import pg from 'pg';
import { ContentVault } from '../../libs/messaging/src/persistence/content-vault.js';
import { aMedium, aPicture } from '../support/builders/media.js';
import {
  anApprovedTemplate,
  approveTemplate,
  editTemplate,
  submitTemplate,
} from '../support/builders/templates.js';
import { GraphQLClient } from '../support/graphql-client.js';
import {
  business,
  copyOf,
  FIRST,
  newestOfOperator,
  platform,
  REPORT,
  report,
  SECOND,
  sent,
  shop,
  somebody,
  verified,
} from './proven-platform.js';

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
    const { token } = reachable.person;
    const client = new GraphQLClient(`${url}/person/graphql`, token);
    expect(await report(client, held.id)).toMatchObject({ proof: { verified: true, tag: held.proof } });
    const { receipt } = await report(client, kept.id, copyOf(kept));
    expect(await verified(receipt)).toMatchObject({ isOpened: true });
  });
});
