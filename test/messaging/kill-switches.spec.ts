import { describe, expect, it } from '@jest/globals';
import { HandOverMessages } from '@assent/messaging';
import { clockAt } from '../consent/policy-clock.js';
import { allowSms, dueNow, handOffs, reached } from '../support/builders/carriers.js';
import { write } from '../support/builders/conversations.js';
import { dispatchAll, statusOf } from '../support/builders/dispatch.js';
import { switches, switchOff, switchOn, trySwitchOff } from '../support/builders/kill-switches.js';
import { aMessage, send, wasAccepted } from '../support/builders/messaging.js';
import { preflight } from '../support/builders/preflight.js';
import { inTestMode, testContact } from '../support/builders/test-mode.js';
import { eventsOf } from '../support/builders/webhooks.js';
import { until } from '../support/platform.js';
import {
  business,
  HOUR,
  platform,
  release,
  shop,
  sms,
  somebody,
  tell,
  templates,
  UNKNOWN,
} from './kill-switch-platform.js';

/** What each kind of switch covers, and what not. */
const KINDS: [string, () => Record<string, unknown>, string, string, string | null][] = [
  ['BUSINESS', () => ({ business: shop.id }), 'BUSINESS_SWITCHED_OFF', 'AUTHENTICATION', null],
  ['MARKETING', () => ({}), 'MARKETING_SWITCHED_OFF', 'MARKETING', 'SERVICE'],
  ['TEMPLATE', () => ({ template: templates['service'] }), 'TEMPLATE_SWITCHED_OFF', 'SERVICE', 'MARKETING'],
];

describe.each(KINDS)('a kill switch of %s', (kind, target, reason, covered, other) => {
  it('has what it covers refused, and says so before, until it is lifted', async () => {
    const { id } = await switchOff(platform, { kind, ...target() });
    expect(await send(business, somebody.contact, { purpose: covered })).toMatchObject({
      reason,
      retryAt: null,
    });
    const [decision] = await preflight(business, [aMessage(somebody.contact, { purpose: covered })]);
    expect(decision).toMatchObject({ outcome: 'REFUSED', because: { gate: 'KILL_SWITCH', reason } });
    if (other) expect(wasAccepted(await send(business, somebody.contact, { purpose: other }))).toBe(true);
    await switchOn(platform, id);
    expect(wasAccepted(await send(business, somebody.contact, { purpose: covered }))).toBe(true);
  });

  it('holds what was accepted before, and lets it go on when it is lifted', async () => {
    const message = aMessage(somebody.contact, { purpose: covered, whenLimited: 'REFUSE' });
    const sent = await send(business, somebody.contact, message);
    const { id } = await switchOff(platform, { kind, ...target() });
    await dispatchAll(platform);
    const held = await statusOf(business, sent.id);
    expect(held).toMatchObject({
      status: 'ACCEPTED',
      deferredBecause: reason,
      deferredUntil: held.expiresAt,
    });
    await release();
    await dispatchAll(platform);
    expect(await statusOf(business, sent.id)).toMatchObject({ status: 'ACCEPTED' });
    await switchOn(platform, id);
    await release();
    await dispatchAll(platform);
    expect(await statusOf(business, sent.id)).toMatchObject({ status: 'DISPATCHED' });
  });

  it('says to whom it concerns what happened, why, and what to do', async () => {
    const { id } = await switchOff(platform, { kind, ...target() });
    const { limits } = await business.do('{ limits { switchedOff { kind reason until refusal todo } } }');
    expect(limits.switchedOff).toEqual([
      { kind, reason: 'A link was taken over.', until: null, refusal: reason, todo: expect.any(String) },
    ]);
    await tell();
    await switchOn(platform, id);
    await tell();
    const types = ['kill_switch.set', 'kill_switch.lifted'];
    const events = await until('the events show', async () => {
      const all = await eventsOf(business, { types });
      return all.length === 2 && all;
    });
    const template = kind === 'TEMPLATE' ? templates['service'] : null;
    const what = { kind, template, carrier: null };
    expect(events.map(({ type, payload }) => [type, JSON.parse(payload).data])).toEqual([
      [
        'kill_switch.set',
        { ...what, reason: 'A link was taken over.', endsAt: null, todo: limits.switchedOff[0].todo },
      ],
      ['kill_switch.lifted', { ...what, reason: 'It is mended.' }],
    ]);
  });
});

it('ends by itself, to the millisecond, and what it held goes on then', async () => {
  const sent = await send(business, somebody.contact);
  const endsAt = new Date(Date.now() + HOUR);
  await switchOff(platform, { kind: 'BUSINESS', business: shop.id, endsAt });
  await dispatchAll(platform);
  expect(await statusOf(business, sent.id)).toMatchObject({ deferredUntil: endsAt.toISOString() });
  await clockAt(platform, new Date(endsAt.getTime() - 1));
  expect(await send(business, somebody.contact)).toMatchObject({
    reason: 'BUSINESS_SWITCHED_OFF',
    retryAt: endsAt.toISOString(),
  });
  await dispatchAll(platform);
  expect(await statusOf(business, sent.id)).toMatchObject({ status: 'ACCEPTED' });
  await clockAt(platform, endsAt);
  await dispatchAll(platform);
  expect(await statusOf(business, sent.id)).toMatchObject({ status: 'DISPATCHED' });
  expect(wasAccepted(await send(business, somebody.contact))).toBe(true);
});

it('ends nothing but what is not worth showing any more', async () => {
  const sent = await send(business, somebody.contact, { validForSeconds: 60 });
  await switchOff(platform, { kind: 'BUSINESS', business: shop.id });
  await dispatchAll(platform);
  // Far enough that debts of requests are told from those of a clock that was set back, once it is.
  await platform.shiftClock(HOUR);
  await dispatchAll(platform);
  expect(await statusOf(business, sent.id)).toMatchObject({ status: 'EXPIRED', reason: 'VALIDITY_ENDED' });
});

it('covers a stop that comes meanwhile: what it held ends with that', async () => {
  const sent = await send(business, somebody.contact);
  await switchOff(platform, { kind: 'BUSINESS', business: shop.id });
  await dispatchAll(platform);
  await somebody.person.api.do('mutation { stop(input: {}) { __typename } }');
  expect(await statusOf(business, sent.id)).toMatchObject({
    status: 'SUPPRESSED',
    reason: 'CONSENT_STOPPED',
  });
});

it('keeps a business from reacting, and nobody from writing to it', async () => {
  await write(somebody.person.api, shop.id, 'Where is my order?');
  const { messages } = await business.do(
    'query ($contact: ID!) { messages(contact: $contact) { nodes { id } } }',
    { contact: somebody.contact },
  );
  await switchOff(platform, { kind: 'BUSINESS', business: shop.id });
  const { reactToMessage } = await business.do(
    `mutation ($input: ReactToMessageInput!) { reactToMessage(input: $input) { ... on Refusal { reason } } }`,
    { input: { message: messages.nodes[0].id, emoji: '👍' } },
  );
  expect(reactToMessage.reason).toBe('BUSINESS_SWITCHED_OFF');
  expect((await write(somebody.person.api, shop.id, 'Hello?')).__typename).toBe('WriteToBusinessPayload');
});

it('leaves test mode alone, which reaches nobody', async () => {
  const testing = await inTestMode(platform, shop.token);
  const contact = await testContact(testing, '00');
  await switchOff(platform, { kind: 'BUSINESS', business: shop.id });
  await switchOff(platform, { kind: 'MARKETING' });
  expect(wasAccepted(await send(testing, contact))).toBe(true);
  const [marketing] = await preflight(testing, [aMessage(contact, { purpose: 'MARKETING' })]);
  expect(marketing?.because?.gate).not.toBe('KILL_SWITCH');
  expect((await testing.do('{ limits { switchedOff { kind } } }')).limits.switchedOff).toEqual([]);
});

describe('a kill switch of a carrier', () => {
  const handOver = () => platform.app.get(HandOverMessages, { strict: false });
  async function handAllOver(): Promise<void> {
    await dueNow(platform);
    while (await handOver().execute('SMS'));
    await handOver().ended();
  }

  it('holds what is to be handed to it, while the message stands in the inbox', async () => {
    await allowSms(somebody.person.api);
    const sent = await send(business, somebody.contact);
    await dispatchAll(platform);
    const { id } = await switchOff(platform, { kind: 'CARRIER', carrier: 'SMS' });
    await handAllOver();
    const { message } = await business.do(
      'query ($id: ID!) { message(id: $id) { status handOffs { state reason attempts } } }',
      { id: sent.id },
    );
    expect(message).toEqual({
      status: 'DISPATCHED',
      handOffs: [{ state: 'WAITING', reason: 'CARRIER_SWITCHED_OFF', attempts: 0 }],
    });
    expect(sms.received).toEqual([]);
    await switchOn(platform, id);
    await release();
    while (await handOver().execute('SMS'));
    await reached(sms, 1);
  });

  it('is not made while something is on its way to it', async () => {
    await allowSms(somebody.person.api);
    await send(business, somebody.contact);
    await dispatchAll(platform);
    let answered = 0;
    sms.answer = (_, response) =>
      void setTimeout(() => {
        answered = performance.now();
        response.writeHead(204).end();
      }, 300);
    await dueNow(platform);
    await handOver().execute('SMS');
    await reached(sms, 1);
    await switchOff(platform, { kind: 'CARRIER', carrier: 'SMS' });
    expect(answered).toBeGreaterThan(0);
    expect(performance.now()).toBeGreaterThan(answered);
    await handOver().ended();
  });

  it.each(['BUSINESS', 'TEMPLATE'])(
    'has one of a %s beside it, which holds hand-offs as well',
    async (kind) => {
      await allowSms(somebody.person.api);
      await send(business, somebody.contact);
      await dispatchAll(platform);
      const target = kind === 'BUSINESS' ? { business: shop.id } : { template: templates['service'] };
      const { id } = await switchOff(platform, { kind, ...target });
      await handAllOver();
      expect(await handOffs(platform)).toMatchObject([{ state: 'WAITING', reason: `${kind}_SWITCHED_OFF` }]);
      await switchOn(platform, id);
      await release();
      sms.answer = (_, response) => void response.writeHead(204).end();
      while (await handOver().execute('SMS'));
      await reached(sms, 1);
    },
  );
});

describe('the history of kill switches', () => {
  it('has who set each, when and why, and what came of it', async () => {
    const first = await switchOff(platform, { kind: 'MARKETING' });
    const second = await switchOff(platform, {
      kind: 'MARKETING',
      reason: 'Still.',
      endsAt: new Date(Date.now() + HOUR),
    });
    expect(await switches(platform, true)).toEqual([second]);
    await switchOn(platform, second.id);
    expect(await switches(platform, true)).toEqual([]);
    const [newest, before] = await switches(platform);
    expect(newest).toMatchObject({ ...second, endedAt: expect.any(String), endReason: 'It is mended.' });
    expect(before).toMatchObject({
      ...first,
      endedAt: second.setAt,
      endReason: expect.stringMatching('its place'),
    });
  });

  it('is not changed by what names nothing, or what is over', async () => {
    expect(await trySwitchOff(platform, { kind: 'BUSINESS', business: UNKNOWN.biz })).toMatchObject({
      reason: 'BUSINESS_NOT_FOUND',
    });
    expect(await trySwitchOff(platform, { kind: 'TEMPLATE', template: UNKNOWN.tpl })).toMatchObject({
      reason: 'TEMPLATE_NOT_FOUND',
    });
    expect(await switchOn(platform, 'ksw_01m85hxqnbfayvshpqpm8rbh71')).toMatchObject({
      reason: 'SWITCH_NOT_FOUND',
    });
    const { id } = await switchOff(platform, { kind: 'MARKETING' });
    await switchOn(platform, id);
    expect(await switchOn(platform, id)).toMatchObject({ reason: 'SWITCH_OVER' });
  });

  it.each([
    ['switch of nothing', { kind: 'BUSINESS' }, 'input.business', 'must be given, as the kind is BUSINESS'],
    [
      'switch of two things',
      { kind: 'MARKETING', carrier: 'SMS' },
      'input.carrier',
      'must be left out for MARKETING',
    ],
    [
      'end in the past',
      { kind: 'MARKETING', endsAt: new Date(Date.now() - HOUR) },
      'input.endsAt',
      'must be in the future, in 366 days at the latest',
    ],
  ])('takes no %s', async (_, input, field, rule) => {
    const { errors } = await platform
      .admin()
      .raw('mutation ($input: SetKillSwitchInput!) { setKillSwitch(input: $input) { __typename } }', {
        input: { reason: 'A test.', ...input },
      });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field, rule }] });
  });
});
