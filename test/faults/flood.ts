import { setTimeout as wait } from 'node:timers/promises';
import { aMessage, SEND } from '../support/builders/messaging.js';
import { textOf } from '../crash/checker.js';
import type { Fault, Stage } from '../crash/fault.js';
import type { Sender } from '../crash/world.js';
import { until } from '../support/until.js';

/** What clients of a flood were answered, by what they saw. */
export type Answers = Map<string, number>;

const RECOVERY_MS = 30_000;
const SOON_MS = 1_000;
/** A client of a flood asks again after so long, whatever it was told. */
const PAUSE_MS = 100;
/** Answers in a row that show that a flood is over. */
const CALM = 5;

/**
 * Ten times as many clients as the API takes requests at a time ask it again and again for a while: each to send one message
 * to somebody whom nobody else writes to. It is to refuse what is too much with a time, and to answer within a second again
 * half a minute after.
 * @param most so many requests the API takes at a time
 */
export function flood(most: number, lastsMs: number, answers: Answers): Fault {
  return {
    name: 'ten times the load',
    strike: async (stage) => {
      const end = performance.now() + lastsMs;
      const pairs = stage.world.senders.flatMap((sender) =>
        sender.strangers.map((to) => ({ sender, ...to })),
      );
      const clients = Array.from({ length: most * 10 }, async (_, at) => {
        const pair = pairs[at % pairs.length];
        if (pair) await askAgainAndAgain(stage, pair, end, answers);
      });
      await Promise.all(clients);
      await until('it answers as before', () => isCalm(stage), RECOVERY_MS);
    },
  };
}

interface Pair {
  sender: Sender;
  person: number;
  contact: string;
}

/** The same request under the same key, as whoever got no answer makes it. */
async function askAgainAndAgain(
  { world, note, random }: Stage,
  { sender, person, contact }: Pair,
  end: number,
  answers: Answers,
): Promise<void> {
  const asked = { business: sender.nr, person, nr: 0 };
  const input = aMessage(contact, { text: textOf(asked), idempotencyKey: `flood ${textOf(asked)}` });
  const api = world.business(sender);
  let accepted: string | undefined;
  await wait(random() * PAUSE_MS);
  while (performance.now() < end || accepted === undefined) {
    const answer = await api.raw(SEND, { input }).catch((error: unknown) => error as Error);
    const seen = told(answer);
    answers.set(seen, (answers.get(seen) ?? 0) + 1);
    const result = answer instanceof Error ? undefined : answer.data?.sendMessage;
    if (result?.reason) throw new Error(`Refused for ${result.reason}: ${textOf(asked)}`);
    if (result?.id && accepted === undefined) note({ ...asked, id: result.id });
    accepted ??= result?.id;
    if (result?.id && result.id !== accepted) note({ ...asked, id: result.id });
    await wait(PAUSE_MS);
  }
}

/** An answer in a word: `200`, `503 OVERLOADED`, or what was the matter. */
function told(
  answer: Error | { status: number; errors?: { extensions: { code: string; retryAt?: string } }[] },
): string {
  if (answer instanceof Error) return answer.message;
  const { code, retryAt } = answer.errors?.[0]?.extensions ?? {};
  if (code === undefined) return String(answer.status);
  return `${answer.status} ${code}${code === 'OVERLOADED' && !retryAt ? ' without a time' : ''}`;
}

async function isCalm({ world }: Stage): Promise<boolean> {
  for (let times = 0; times < CALM; times++) {
    const since = performance.now();
    const { status } = await world.business(world.senders[0]!).raw('{ viewer: __typename }');
    if (status !== 200 || performance.now() - since > SOON_MS) return false;
  }
  return true;
}
