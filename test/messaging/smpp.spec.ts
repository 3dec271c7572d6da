import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { allowSms, dueNow, handOffs } from '../support/builders/carriers.js';
import { type Reachable, reachablePeople, send } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { Smsc } from '../support/smsc.js';

let smsc: Smsc;
let platform: TestPlatform;
let business: GraphQLClient;
let people: Reachable[];

beforeAll(async () => {
  smsc = await Smsc.start();
  platform = await startPlatform({
    SMPP_URL: smsc.url,
    SMPP_SENDER: '+4915199999999',
    SMPP_PER_SECOND: '100',
    SMPP_ENQUIRE_SECONDS: '1',
    SMS_FALLBACK_SECONDS: '0',
  });
  business = platform.business((await aBusiness(platform, { displayName: 'Shop' })).apiKey);
  people = await reachablePeople(platform, business, 16);
  for (const { person } of people) await allowSms(person.api);
  await smsc.saw('bind');
}, 240_000);
afterAll(async () => {
  await platform.stop();
  await smsc[Symbol.asyncDispose]();
});
beforeEach(() => smsc.mode('take'));
afterEach(async () => {
  await platform.database.sql('DELETE FROM hand_off');
  smsc.submitted.length = 0;
});

const somebody = () => people.pop()!;

/** Sends a message and answers with how to look at it. */
async function sent({ contact }: Reachable, text = 'Your parcel is here.') {
  const { id } = await send(business, contact, { text });
  const look = async (): Promise<any> =>
    (
      await business.do(
        `query ($id: ID!) { message(id: $id) {
          status deliveredBy handOffs { carrier state reason attempts handedAt deliveredAt } } }`,
        { id },
      )
    ).message;
  return { id: id!, look };
}

/** Looks once more when it has: what one look reads is not all of one moment. */
async function becomes(look: () => Promise<any>, state: string, reason: string | null = null): Promise<any> {
  await until(`the hand-off is ${state}`, async () => {
    const [handOff] = (await look()).handOffs;
    return handOff?.state === state && handOff.reason === reason;
  });
  return look();
}

const losses = () => platform.logs.filter((line) => line.includes('connection to the SMSC was lost')).length;

describe('a text by SMPP', () => {
  it('goes to the number, and is delivered when the receipt says so', async () => {
    const reachable = somebody();
    const { id, look } = await sent(reachable);
    const [submitted] = await smsc.got(1);
    expect(submitted).toMatchObject({
      from: '4915199999999',
      to: reachable.person.phone.slice(1),
      coding: 0,
      udh: null,
      wantsReceipt: true,
      text: 'Shop: Your parcel is here.',
    });
    expect(await becomes(look, 'HANDED')).toMatchObject({ status: 'DISPATCHED', deliveredBy: null });
    expect(await smsc.receipt(submitted!.id, 'ENROUTE', reachable.person.phone)).toBe(0);
    expect(await smsc.receipt(submitted!.id, 'DELIVRD', reachable.person.phone)).toBe(0);
    expect(await becomes(look, 'DELIVERED')).toMatchObject({
      status: 'DELIVERED',
      deliveredBy: 'SMS',
      handOffs: [{ carrier: 'SMS', attempts: 1, deliveredAt: expect.any(String) }],
    });
    // Again, or a worse one after it, changes nothing.
    await smsc.receipt(submitted!.id, 'DELIVRD', reachable.person.phone);
    await smsc.receipt(submitted!.id, 'UNDELIV', reachable.person.phone);
    expect(await look()).toMatchObject({ status: 'DELIVERED', handOffs: [{ state: 'DELIVERED' }] });
    await platform.eventsShow();
    const { events } = await business.do(
      '{ events(first: 100, types: ["message.status"]) { nodes { payload } } }',
    );
    const steps = events.nodes
      .map(({ payload }: { payload: string }) => JSON.parse(payload).data)
      .filter(({ message }: { message: string }) => message === id)
      .map(({ status, deliveredBy }: any) => [status, deliveredBy]);
    expect(steps).toEqual([
      ['DISPATCHED', null],
      ['DELIVERED', 'SMS'],
    ]);
    expect(platform.logs.join('')).not.toContain(reachable.person.phone.slice(1));
  });

  it('may be delivered before the SMSC has answered', async () => {
    await smsc.mode('early');
    const { look } = await sent(somebody());
    expect(await becomes(look, 'DELIVERED')).toMatchObject({ status: 'DELIVERED', deliveredBy: 'SMS' });
  });

  it('that does not arrive has failed, and counts as delivered should it arrive after all', async () => {
    const reachable = somebody();
    const { look } = await sent(reachable);
    const id = (await smsc.got(1))[0]!.id;
    await becomes(look, 'HANDED');
    await smsc.receipt(id, 'UNDELIV', reachable.person.phone);
    expect(await becomes(look, 'FAILED', 'NOT_DELIVERED')).toMatchObject({ status: 'DISPATCHED' });
    await smsc.receipt(id, 'DELIVRD', reachable.person.phone);
    expect(await becomes(look, 'DELIVERED')).toMatchObject({ status: 'DELIVERED', deliveredBy: 'SMS' });
  });

  it('that a device got first stays delivered by the app', async () => {
    const reachable = somebody();
    const { look } = await sent(reachable);
    const id = (await smsc.got(1))[0]!.id;
    await becomes(look, 'HANDED');
    const { inbox } = await reachable.person.api.do('{ inbox { nodes { id } } }');
    await reachable.person.api.do(
      'mutation ($input: AcknowledgeInput!) { acknowledge(input: $input) { __typename } }',
      {
        input: { messages: [inbox.nodes[0].id], receipt: 'READ' },
      },
    );
    await smsc.receipt(id, 'DELIVRD', reachable.person.phone);
    expect(await becomes(look, 'DELIVERED')).toMatchObject({ status: 'READ', deliveredBy: 'IN_APP' });
  });

  it('that is long goes in parts, and is delivered when all of them are', async () => {
    const reachable = somebody();
    const { look } = await sent(reachable, 'x'.repeat(300));
    const parts = [...(await smsc.got(2))];
    expect(parts.map(({ udh }) => udh?.slice(6))).toEqual(['0201', '0202']);
    expect(parts.map(({ text }) => text).join('')).toBe(`Shop: ${'x'.repeat(300)}`);
    await becomes(look, 'HANDED');
    // Both at the same time, and one of them again.
    const [first, second] = [parts[0]!, parts[1]!];
    await smsc.receipt(first.id, 'DELIVRD', reachable.person.phone);
    await smsc.receipt(first.id, 'DELIVRD', reachable.person.phone);
    expect((await look()).handOffs[0].state).toBe('HANDED');
    await smsc.receipt(second.id, 'DELIVRD', reachable.person.phone);
    await becomes(look, 'DELIVERED');
  });

  it('in another script goes in UCS-2', async () => {
    await sent(somebody(), 'Ваша посылка здесь 🎂');
    const [submitted] = await smsc.got(1);
    expect(submitted).toMatchObject({ coding: 8, text: 'Shop: Ваша посылка здесь 🎂' });
  });
});

describe('an SMSC that is in trouble', () => {
  it('is given it again after it throttled', async () => {
    await smsc.mode('throttle');
    const { look } = await sent(somebody());
    await becomes(look, 'WAITING');
    await until('it went', async () => {
      await dueNow(platform);
      return (await look()).handOffs[0].state === 'HANDED';
    });
    expect((await look()).handOffs[0].attempts).toBe(2);
    expect(smsc.submitted).toHaveLength(2);
  });

  it('that took a part of a text is given the others only', async () => {
    const reachable = somebody();
    await smsc.mode('throttle second');
    const { look } = await sent(reachable, 'x'.repeat(300));
    await smsc.got(2);
    await becomes(look, 'WAITING');
    await until('it went', async () => {
      await dueNow(platform);
      return (await look()).handOffs[0].state === 'HANDED';
    });
    expect(smsc.submitted.map(({ udh }) => udh?.slice(6))).toEqual(['0201', '0202', '0202']);
    expect(new Set(smsc.submitted.map(({ udh }) => udh?.slice(0, 6))).size).toBe(1);
    for (const { id } of smsc.submitted) await smsc.receipt(id, 'DELIVRD', reachable.person.phone);
    await becomes(look, 'DELIVERED');
  });

  it('that refuses a number is not asked again', async () => {
    await smsc.mode('refuse');
    const { look } = await sent(somebody());
    await becomes(look, 'FAILED', 'REFUSED');
  });

  it.each(['silent', 'drop'] as const)(
    'that may have taken it (%s) is never given it twice, and is connected to again',
    async (mode) => {
      const binds = smsc.happened.filter(({ kind }) => kind === 'bind').length;
      await smsc.mode(mode);
      const { look } = await sent(somebody());
      await becomes(look, 'FAILED', 'UNCERTAIN');
      await smsc.mode('take');
      await smsc.saw('bind', binds + 1);
      await dueNow(platform);
      const after = await sent(somebody());
      await becomes(after.look, 'HANDED');
      expect(smsc.submitted).toHaveLength(2);
    },
  );

  it('is asked whether it is still there', async () => {
    await smsc.saw('enquire', 2);
  });

  it('uses up no tries of what waits while it is gone', async () => {
    const { port } = smsc;
    const before = losses();
    await smsc[Symbol.asyncDispose]();
    await until('it is missed', async () => losses() > before);
    const { look } = await sent(somebody());
    await becomes(look, 'WAITING');
    expect((await look()).handOffs[0].attempts).toBe(0);
    smsc = await Smsc.start(port);
    await until('it is connected to', async () => smsc.happened.some(({ kind }) => kind === 'bind'), 60_000);
    expect((await becomes(look, 'HANDED')).handOffs[0].attempts).toBe(1);
  }, 120_000);
});

describe('what people answer by SMS', () => {
  it('STOP stops everything before the SMSC has its answer, and is confirmed once', async () => {
    const reachable = somebody();
    expect(await smsc.text(reachable.person.phone, 'STOP')).toBe(0);
    const { consents } = await reachable.person.api.do('{ consents { nodes { scope standing } } }');
    expect(consents.nodes).toEqual([{ scope: 'EVERYTHING', standing: 'STOPPED' }]);
    const [reply] = await smsc.got(1);
    expect(reply).toMatchObject({
      to: reachable.person.phone.slice(1),
      text: 'You will get no more messages. START takes that back.',
      wantsReceipt: false,
    });
    expect(await smsc.text(reachable.person.phone, 'stop')).toBe(0);
    const refused = await send(business, reachable.contact);
    expect(refused.reason).toBe('CONSENT_STOPPED');
    expect(smsc.submitted).toHaveLength(1);
    expect(await handOffs(platform)).toEqual([]);
  });

  it('from a number of nobody, or of no use, is taken and does nothing', async () => {
    expect(await smsc.text('+4915100000000', 'STOP')).toBe(0);
    expect(await smsc.text('+123', 'STOP')).toBe(0);
    expect(smsc.submitted).toEqual([]);
  });
});
