/** receipt.single: what people's devices say of messages. Reported, without a bar. */
import { noOp } from '../limits.ts';
import { Load } from '../load.ts';
import type { Run } from '../run.ts';
import { personUrl, type World } from '../world.ts';

/** Messages of a round, for each second: more than a machine is told of. */
const A_SECOND = 2_000;
const AT_ONCE = 64;
const INBOX = '{ inbox(first: 50) { nodes { id } } }';
const ACKNOWLEDGE = 'mutation ($input: AcknowledgeInput!) { acknowledge(input: $input) { acknowledged } }';

interface Received {
  token: string;
  id: string;
}

/** One by one, of many people: that a message was delivered, and then that it was read. */
export async function measureReceipts(run: Run, world: World): Promise<void> {
  const { secondsEach } = run.form;
  const people = new Load(personUrl(world.api), '', secondsEach);
  const business = new Load(world.url, world.apiKey, secondsEach);
  const received: Received[] = [];
  let asked = 0;
  try {
    await run.compare(
      { key: 'receipt.single', unit: 'receipts/s', limit: 'no-op mutation/s', mustReach: null, aim: null },
      async () => {
        while (received.length < A_SECOND * secondsEach) {
          const tokens = world.tokens.slice(asked, (asked += AT_ONCE));
          if (tokens.length === 0) throw new Error('People have too few messages');
          received.push(...(await Promise.all(tokens.map((token) => receivedBy(people, token)))).flat());
        }
        return people.run(AT_ONCE, () => acknowledge(people, received.pop()), 2);
      },
      () => noOp(business),
    );
  } finally {
    await people.close();
    await business.close();
  }
}

async function acknowledge(people: Load, message: Received | undefined): Promise<void> {
  if (!message) throw new Error('People have too few messages for a round');
  for (const receipt of ['DELIVERED', 'READ']) {
    const { acknowledge } = await people.send<{ acknowledge: { acknowledged: string[] } }>(
      ACKNOWLEDGE,
      { input: { messages: [message.id], receipt } },
      message.token,
    );
    if (acknowledge.acknowledged.length !== 1) throw new Error('A receipt changed nothing');
  }
}

async function receivedBy(people: Load, token: string): Promise<Received[]> {
  const { inbox } = await people.send<{ inbox: { nodes: { id: string }[] } }>(INBOX, {}, token);
  return inbox.nodes.map(({ id }) => ({ token, id }));
}
