/** One message on its whole way, watched from both sides. */
import type { Business } from './business.ts';
import type { Reachable } from './chapters.ts';
import { draft, sendOne, sentTo, type StatusWatch, wasAccepted } from './messages.ts';
import { type Received, received } from './people.ts';
import { chapter, check, say, until } from './transcript.ts';

/** ACCEPTED, DISPATCHED, DELIVERED, READ: the business and the person's app each follow their subscription. */
export async function readOne(business: Business, reader: Reachable, watch: StatusWatch): Promise<void> {
  chapter('From ACCEPTED to READ, watched by both sides');
  const { person, contact } = reader;
  // The app begins behind the newest message that it has, the business where its dropped connection was.
  const newest = (await received(person, business.id)).at(-1);
  const arrived: Received[] = [];
  const end = person.api.follow<Received>(
    `subscription ($after: String) { inboxMessages(after: $after) { id text purpose status cursor business { id } } }`,
    { after: newest?.cursor },
    (message) => arrived.push(message),
  );
  watch.start();
  try {
    const text = `${person.name}, please confirm your delivery address.`;
    const sent = await sendOne(business, draft(contact, 'address', text));
    check('the message is accepted', wasAccepted(sent) && sent.id !== undefined, sent.reason);
    const id = sent.id;
    say('sendMessage', 'ACCEPTED');
    const message = await until('the subscription brings the message', async () =>
      arrived.find((candidate) => candidate.text === text),
    );
    say('inboxMessages', `${person.name}’s app gets it: “${message.text}”`);
    check('two sides hold unrelated ids', message.id !== id, id);
    for (const receipt of ['DELIVERED', 'READ'] as const) {
      await acknowledge(reader, message.id, receipt);
      say('acknowledge', `${person.name}’s app says ${receipt}`);
      await until(
        `the business hears of ${receipt}`,
        async () => watch.of(id).includes(receipt) || undefined,
      );
    }
    const moved = await acknowledge(reader, message.id, 'DELIVERED');
    check('a status never goes back', moved.length === 0, 'it moved');
    const way = watch.of(id).join(' → ');
    check('the business hears of each step once, in order', way === 'DISPATCHED → DELIVERED → READ', way);
    say('messageStatusChanged', way);
    const kept = (await sentTo(business, contact)).find((candidate) => candidate.id === id);
    check('the message is READ', kept?.status === 'READ', kept?.status);
    say('message', kept.status);
  } finally {
    end();
    watch.stop();
  }
}

async function acknowledge(
  { person }: Reachable,
  id: string,
  receipt: 'DELIVERED' | 'READ',
): Promise<string[]> {
  const { acknowledged } = await person.api.insist<{ acknowledged: string[] }>(
    `mutation ($input: AcknowledgeInput!) { acknowledge(input: $input) { acknowledged } }`,
    { input: { messages: [id], receipt } },
  );
  return acknowledged;
}
