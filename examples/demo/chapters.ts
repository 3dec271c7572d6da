/** What happens between a verified business and people, a chapter each. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Business } from './business.ts';
import type { Customer, Expectation } from './customers.ts';
import {
  type Contact,
  contactsOf,
  draft,
  type Result,
  send,
  sendOne,
  sentTo,
  wasAccepted,
} from './messages.ts';
import { allow, type Person, received, stop } from './people.ts';
import { chapter, check, clock, count, forEach, long, say, sayRefused, until } from './transcript.ts';

/** A person and what the business calls them. */
export interface Reachable {
  person: Person;
  contact: Contact;
}

const MOST_IN_A_REQUEST = 100;
const AT_A_TIME = 8;
const FINAL = new Set(['DISPATCHED', 'DELIVERED', 'READ', 'SUPPRESSED', 'FAILED', 'EXPIRED', 'CANCELLED']);

/** The whole file is matched; contacts are those who joined and allow it. */
export async function matchFile(
  business: Business,
  customers: Customer[],
  expected: Expectation,
  people: Person[],
  stopped: Person,
): Promise<Reachable[]> {
  chapter(`${count(customers.length)} customers are matched`);
  const answers = await long(
    'matchContacts',
    async () =>
      business.api.insist<{ results: { externalId: string; outcome: keyof Expectation }[] }>(
        `mutation ($input: MatchContactsInput!) { matchContacts(input: $input) {
          ... on MatchContactsPayload { results { externalId outcome } } } }`,
        {
          input: {
            customers: customers.map(({ externalId, phone, country }) => ({
              externalId,
              phone,
              country: country || undefined,
            })),
          },
        },
      ),
    ({ results: all }) => `${count(all.length)} answers, in one request`,
  );
  check(
    'answers come in the order of the customers',
    answers.results.every(({ externalId }, at) => externalId === customers[at]?.externalId),
  );
  for (const outcome of ['ACCEPTED', 'INVALID_NUMBER', 'DUPLICATE'] as const) {
    const number = answers.results.filter((answer) => answer.outcome === outcome).length;
    check(`${expected[outcome]} are ${outcome}`, number === expected[outcome], number);
    say('', `${count(number).padStart(5)}  ${outcome}`);
  }
  const contacts = await contactsOf(business);
  const reachable = new Map(contacts.map((contact) => [contact.externalId, contact]));
  check(
    'everybody who joined and allows MATCHING is a contact',
    people.every((person) => person === stopped || reachable.has(person.externalId)),
  );
  check('who stopped MATCHING is no contact', !reachable.has(stopped.externalId));
  say('contacts', `${count(contacts.length)}: everybody who joined, but for ${stopped.name}`);
  const nobody = await business.api.insist<Contact | null>(
    `query ($id: String!) { contact(by: { externalId: $id }) { id externalId } }`,
    { id: stopped.externalId },
  );
  check('the business does not learn why somebody is no contact', nobody === null);
  say('contact', `null for ${stopped.name}, as for customers who never joined`);
  return people.flatMap((person) => {
    const contact = reachable.get(person.externalId);
    return contact ? [{ person, contact }] : [];
  });
}

/** Everybody gets one message; then all requests are repeated, as after a lost connection. */
export async function messageEverybody(business: Business, everybody: Reachable[]): Promise<void> {
  chapter('A message to every contact, and the same requests again');
  const drafts = everybody.map(({ person, contact }) =>
    draft(contact, 'order', `Hello ${person.name}, your order has left our warehouse.`),
  );
  const batches = Array.from({ length: Math.ceil(drafts.length / MOST_IN_A_REQUEST) }, (_, at) =>
    drafts.slice(at * MOST_IN_A_REQUEST, (at + 1) * MOST_IN_A_REQUEST),
  );
  const sendAll = async () => (await forEach(batches, 2, (batch) => send(business, batch))).flat();
  const before = (await sentTo(business)).length;
  const first = await long(
    'sendMessages',
    sendAll,
    () => `${count(drafts.length)} SERVICE messages accepted`,
  );
  check('all are accepted', first.every(wasAccepted), first.find(({ reason }) => reason)?.reason);
  await allDispatched(business, before + drafts.length);
  const again = await long(
    'sendMessages, repeated',
    sendAll,
    () => 'the same answers, each marked as replayed',
  );
  check(
    'the same keys get the same answers',
    again.every(({ id, replayed }, at) => replayed && id === first[at]?.id),
  );
  const [one] = drafts;
  if (one) {
    const other = { ...one, text: 'Your order has been cancelled.' };
    sayRefused('sendMessage, other text', await sendOne(business, other), 'IDEMPOTENCY_CONFLICT');
  }
  const inboxes = await long(
    'inbox',
    () => forEach(everybody, AT_A_TIME, ({ person }) => received(person, business.id)),
    (all) => `each of ${count(all.length)} people has it exactly once`,
  );
  check(
    'each inbox has the message exactly once',
    inboxes.every((inbox, at) => inbox.length === 1 && inbox[0]?.text === drafts[at]?.text),
  );
}

/** A stop leaves what it does not cover; and MARKETING needs an opt-in. */
export async function stopOnePurpose(
  business: Business,
  optedIn: Reachable,
  silent: Reachable,
): Promise<void> {
  chapter('MARKETING needs an opt-in, and a stop of it leaves SERVICE alone');
  const offer = ({ person, contact }: Reachable, about: string) =>
    sendOne(business, draft(contact, about, `${person.name}, tents are a third off this week.`, 'MARKETING'));
  sayRefused(`to ${silent.person.name}`, await offer(silent, 'offer'), 'CONSENT_MISSING');
  await allow(optedIn.person, { business: business.id, purpose: 'MARKETING' });
  say('allow', `${optedIn.person.name} opts in to MARKETING of this business`);
  const accepted = await offer(optedIn, 'offer');
  check('an opt-in lets MARKETING pass', wasAccepted(accepted), accepted.reason);
  say(`to ${optedIn.person.name}`, 'MARKETING accepted');
  await stop(optedIn.person, { business: business.id, purpose: 'MARKETING' });
  say('stop', `${optedIn.person.name} stops MARKETING of this business`);
  sayRefused(`to ${optedIn.person.name}`, await offer(optedIn, 'offer-2'), 'CONSENT_STOPPED');
  for (const { person, contact } of [optedIn, silent]) {
    const text = `${person.name}, your parcel arrives today.`;
    const result = await sendOne(business, draft(contact, 'parcel', text));
    check('SERVICE still passes', wasAccepted(result), result.reason);
    await until('the SERVICE message is in the inbox', async () =>
      (await received(person, business.id)).some((message) => message.text === text) ? true : undefined,
    );
    say(`to ${person.name}`, 'SERVICE accepted, and in the inbox');
  }
}

/** 45 messages at once to one person, and not one more before its time. */
export async function meetPairLimit(business: Business, { person, contact }: Reachable): Promise<void> {
  chapter('The pair limit: 46 messages at once to one person');
  const hint = (part: number) => draft(contact, `step-${part}`, `Step ${part} of setting up your tent.`);
  const results = await send(
    business,
    Array.from({ length: 46 }, (_, at) => hint(at + 1)),
  );
  const accepted = results.filter(wasAccepted).length;
  check('45 of 46 are accepted', accepted === 45, accepted);
  say('sendMessages', `${accepted} accepted, the last one not:`);
  const last = results[45] as Result;
  sayRefused('', last, 'PAIR_LIMIT');
  check('the refusal says when the same message passes', typeof last.retryAt === 'string', last.retryAt);
  const retryAt = Date.parse(last.retryAt);
  await long(
    '(waiting)',
    () => wait(Math.max(0, retryAt - Date.now()) + 20),
    () => `until ${clock(new Date(retryAt).toISOString())}`,
  );
  const later = await sendOne(business, { ...hint(46), idempotencyKey: `${hint(46).idempotencyKey}-again` });
  check('it passes at retryAt', wasAccepted(later), later.reason);
  say('sendMessage', 'accepted');
  const inbox = await until('all 46 are in the inbox', async () => {
    const messages = await received(person, business.id);
    return messages.length >= 46 ? messages : undefined;
  });
  const inOrder = inbox.every(({ text }, at) => text.startsWith(`Step ${at + 1} `));
  check('all 46 are in the inbox, in order', inbox.length === 46 && inOrder, inbox.length);
  say('inbox', `${person.name} has all 46, in order`);
}

/** Waits until nothing of the business is on its way. */
async function allDispatched(business: Business, expected: number): Promise<void> {
  await long(
    'messages',
    () =>
      until('all messages reach a person', async () => {
        const statuses = (await sentTo(business)).map(({ status }) => status);
        return statuses.length === expected && statuses.every((status) => FINAL.has(status))
          ? true
          : undefined;
      }),
    () => `all DISPATCHED, ${count(expected)} with those before`,
  );
}
