import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { ForgetCarrierAnswers } from '@assent/messaging';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aPerson, aPhone, type TestPerson } from '../support/builders/people.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const aSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const [SECRET, NEXT, OTHER] = [aSecret(), aSecret(), aSecret()];

let platform: TestPlatform;
let shop: TestBusiness;
let ids = 0;

beforeAll(async () => {
  platform = await startPlatform({ CARRIER_SECRETS: `sms:${SECRET}, sms:${NEXT},other:${OTHER}` });
  shop = await aBusiness(platform, { displayName: 'Shop' });
});
afterAll(() => platform.stop());

interface Handed {
  name?: string;
  id?: string;
  secret?: string;
  at?: Date;
  /** What arrives instead of what was signed. */
  arrives?: string;
}

async function hand(
  body: unknown,
  { name = 'sms', id = `id-${++ids}`, secret = SECRET, at, arrives }: Handed = {},
) {
  const signed = typeof body === 'string' ? body : JSON.stringify(body);
  const time = at ?? new Date();
  const answer = await fetch(`${platform.url}/carriers/${name}/inbound`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(time.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, time, signed),
    },
    body: arrives ?? signed,
  });
  return { status: answer.status, body: (await answer.json()) as any };
}

/** What a person who sends this by the carrier may be sent back. */
async function replyTo({ phone }: TestPerson, text: string, business?: string): Promise<string | null> {
  const { status, body } = await hand({ from: phone, text, business });
  expect({ status, fields: Object.keys(body) }).toEqual({ status: 202, fields: ['reply'] });
  return body.reply;
}

async function ledgerOf({ api }: TestPerson): Promise<string[]> {
  const { consentHistory } = await api.do(
    '{ consentHistory { nodes { action source purpose business { displayName } } } }',
  );
  return consentHistory.nodes.map(
    ({ action, source, purpose, business }: any) =>
      `${action} ${purpose ?? 'everything'} of ${business?.displayName ?? 'all'} by ${source}`,
  );
}
const noticesOf = async ({ api }: TestPerson) =>
  (await api.do('{ notices { nodes { ... on StopConfirmedNotice { text } } } }')).notices.nodes.filter(
    ({ text }: { text?: string }) => text,
  );

describe('what a person answers by a carrier', () => {
  it('STOP stops that business, and is confirmed once, in the language of the word', async () => {
    const person = await aPerson(platform);
    expect(await replyTo(person, 'Stop.', shop.id)).toBe(
      'You will get no more messages from Shop. START takes that back.',
    );
    expect(await replyTo(person, 'STOP!!', shop.id)).toBeNull(); // no second confirmation
    expect((await ledgerOf(person)).at(-1)).toBe('STOP everything of Shop by carrier');
    expect(await noticesOf(person)).toHaveLength(1);
    const german = await aPerson(platform);
    expect(await replyTo(german, 'Abbestellen', shop.id)).toBe(
      'Sie erhalten keine Nachrichten mehr von Shop. START nimmt das zurück.',
    );
  });

  it('STOP to no single business stops everything', async () => {
    const person = await aPerson(platform);
    expect(await replyTo(person, 'STOP')).toBe('You will get no more messages. START takes that back.');
    expect(await ledgerOf(person)).toEqual(['STOP everything of all by carrier']);
  });

  it('START lifts the stop of that very scope, and opts in to nothing', async () => {
    const person = await aPerson(platform);
    expect(await replyTo(person, 'START', shop.id)).toBeNull(); // nothing to lift
    await replyTo(person, 'STOP', shop.id);
    await replyTo(person, 'STOP');
    expect(await replyTo(person, 'START', shop.id)).toMatch(/^Your stop of messages from Shop is taken back/);
    expect(await ledgerOf(person)).toEqual([
      'LIFT everything of Shop by carrier',
      'STOP everything of all by carrier',
      'STOP everything of Shop by carrier',
    ]);
    const { consents } = await person.api.do('{ consents { nodes { scope standing } } }');
    expect(consents.nodes).toEqual([{ scope: 'EVERYTHING', standing: 'STOPPED' }]);
  });

  it('HELP is answered, and changes nothing', async () => {
    const person = await aPerson(platform);
    expect(await replyTo(person, 'HELP', shop.id)).toMatch(
      /^This is Shop \(DE, verified by the operator\)\. STOP ends/,
    );
    expect(await replyTo(person, 'Hilfe')).toMatch(/^Über diese Nummer schreiben Ihnen Unternehmen/);
    expect(await ledgerOf(person)).toEqual([]);
  });

  it('anything else to a business is a message to it', async () => {
    const person = await aPerson(platform);
    expect(await replyTo(person, 'Is my order ready?', shop.id)).toBeNull();
    const { conversation } = await person.api.do(
      'query ($id: ID!) { conversation(business: $id) { nodes { fromYou text } } }',
      { id: shop.id },
    );
    expect(conversation.nodes).toEqual([{ fromYou: true, text: 'Is my order ready?' }]);
    expect(await replyTo(person, 'Is my order ready?')).toBeNull();
  });

  it('from a number of nobody is answered like one that says nothing', async () => {
    for (const text of ['STOP', 'START', 'HELP', 'Hello']) {
      expect(await hand({ from: aPhone(), text, business: shop.id })).toEqual({
        status: 202,
        body: { reply: null },
      });
    }
  });

  it('from a number that may be somebody else’s by now stops, but lifts and writes nothing', async () => {
    const person = await aPerson(platform);
    await replyTo(person, 'STOP', shop.id);
    await platform.database.sql(
      `UPDATE person_number n SET verified_at = now() - interval '91 days'
        FROM person_session s WHERE s.person_id = n.person_id AND s.created_at = (SELECT max(created_at) FROM person_session)`,
    );
    expect(await replyTo(person, 'START', shop.id)).toBeNull();
    expect(await replyTo(person, 'Hello', shop.id)).toBeNull();
    expect(await replyTo(person, 'STOP')).not.toBeNull();
    expect(await ledgerOf(person)).toEqual([
      'STOP everything of all by carrier',
      'STOP everything of Shop by carrier',
    ]);
    const [row] = await platform.database.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM message m JOIN person_number n USING (lane, person_id)
        WHERE n.verified_at < now() - interval '90 days'`,
    );
    expect(row?.count).toBe(0);
  });
});

describe('a delivery that comes again', () => {
  it('is answered as before and does nothing, even where the person has lifted the stop since', async () => {
    const person = await aPerson(platform);
    const body = { from: person.phone, text: 'STOP', business: shop.id };
    const first = await hand(body, { id: 'again' });
    await person.api.do('mutation ($input: AllowInput!) { allow(input: $input) { eventId } }', {
      input: { business: shop.id },
    });
    expect(await hand(body, { id: 'again' })).toEqual(first);
    expect(await ledgerOf(person)).toHaveLength(2);
    // Ids are each carrier's own.
    expect((await hand(body, { id: 'again', name: 'other', secret: OTHER })).body.reply).not.toBeNull();
    expect(await ledgerOf(person)).toHaveLength(3);
  });

  it('is answered alike where it comes twenty times at a time, and confirmed once', async () => {
    const person = await aPerson(platform);
    const body = { from: person.phone, text: 'STOP', business: shop.id };
    await Promise.all(Array.from({ length: 20 }, () => hand(body, { id: 'at-once' })));
    expect((await hand(body, { id: 'at-once' })).body.reply).toMatch(/^You will get no more messages/);
    expect(await noticesOf(person)).toHaveLength(1);
  });

  it('is remembered for a day', async () => {
    await hand({ from: aPhone(), text: 'STOP' }, { id: 'old' });
    const kept = async () =>
      (await platform.database.sql<{ count: number }>('SELECT count(*)::int AS count FROM carrier_answer'))[0]
        ?.count ?? 0;
    const before = await kept();
    await platform.app.get(ForgetCarrierAnswers, { strict: false }).execute();
    expect(await kept()).toBe(before);
    await platform.database.sql(`UPDATE carrier_answer SET at = at - interval '25 hours'`);
    await until('they are gone', async () => {
      await platform.app.get(ForgetCarrierAnswers, { strict: false }).execute();
      return (await kept()) === 0;
    });
  });
});

describe('what is not a carrier’s is refused, and does nothing', () => {
  it.each<[string, Handed]>([
    ['another carrier’s signature', { secret: OTHER }],
    ['a secret of nobody', { secret: aSecret() }],
    ['an unknown carrier', { name: 'nobody' }],
    ['a signature of six minutes ago', { at: new Date(Date.now() - 6 * 60_000) }],
    ['a signature of the future', { at: new Date(Date.now() + 6 * 60_000) }],
    ['another body than was signed', { arrives: '{"from":"+4915100000000","text":"STOP"}' }],
    ['an id without end', { id: 'x'.repeat(256) }],
  ])('%s', async (_, handed) => {
    const person = await aPerson(platform);
    const refused = await hand({ from: person.phone, text: 'STOP' }, handed);
    expect(refused).toEqual({
      status: 401,
      body: {
        statusCode: 401,
        error: 'Unauthorized',
        message: 'The signature is not one of this carrier, or is too old',
      },
    });
    expect(await ledgerOf(person)).toEqual([]);
  });

  it('but the second secret of a carrier counts like the first', async () => {
    expect((await hand({ from: aPhone(), text: 'STOP' }, { secret: NEXT })).status).toBe(202);
  });

  it.each([
    ['from', { from: '0151 123', text: 'STOP' }, 'must be a number in E.164 form'],
    ['text', { from: '+4915112345678', text: '' }, 'must have 1 to 4,096 characters of well-formed Unicode'],
    ['business', { from: '+4915112345678', text: 'STOP', business: 'biz_x' }, 'must be the id of a business'],
  ])('a body whose %s breaks a rule, naming the rule and no value', async (field, body, rule) => {
    expect(await hand(body)).toEqual({
      status: 400,
      body: { message: `body.${field} ${rule}`, faults: [{ field: `body.${field}`, rule }] },
    });
  });

  it('a body of more than 8 KB', async () => {
    expect((await hand({ from: '+4915112345678', text: 'STOP', more: 'x'.repeat(9_000) })).status).toBe(413);
  });
});

it('no number and no text of a message is logged or kept in the clear', async () => {
  const person = await aPerson(platform);
  await replyTo(person, 'STOP', shop.id);
  expect(platform.logs.join('')).not.toContain(person.phone);
  const kept = await platform.database.sql('SELECT * FROM carrier_answer');
  expect(JSON.stringify(kept)).not.toContain(person.phone.slice(1));
});
