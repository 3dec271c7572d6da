/** The promise that matters most: a stop means stop, whatever is queued already. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Business } from './business.ts';
import type { Reachable } from './chapters.ts';
import { type Draft, draft, send, sentTo, wasAccepted } from './messages.ts';
import { received, stop } from './people.ts';
import { chapter, check, clock, count, forEach, say, until } from './transcript.ts';

const ROUNDS = 10;
const STOPPING = 20;
/** Queued for each person in each round; with ten rounds and one message before, nobody meets the pair limit. */
const EACH = 4;
const MOST_IN_A_REQUEST = 1_000;

interface Stopped extends Reachable {
  since: string;
  /** Keys of what was accepted for them in the round in which they stopped. */
  keys: Set<string>;
  /** How many of those they have seen. */
  seen: number;
  /** How many messages of the business they have in all. */
  inboxSize: number;
}

/**
 * A thousand messages are sent in one request, and twenty people stop the business around the time at which they are
 * accepted: some before that, some after dispatch, and some in between. Repeated until somebody was in between.
 * @returns all who stopped
 */
export async function stopWhileQueued(business: Business, crowd: Reachable[]): Promise<Stopped[]> {
  chapter('People stop the business between acceptance and dispatch');
  const everyone: Stopped[] = [];
  let duration = 100;
  for (let round = 1; round <= ROUNDS; round++) {
    const stopping = crowd.slice((round - 1) * STOPPING, round * STOPPING);
    const others = crowd.slice(round * STOPPING).slice(0, MOST_IN_A_REQUEST / EACH - STOPPING);
    const drafts = Array.from({ length: EACH }, (_, part) =>
      [...others, ...stopping].map(({ person, contact }) =>
        draft(contact, `news-${round}-${part}`, `${person.name}, part ${part + 1} of our news ${round}.`),
      ),
    ).flat();
    const since = performance.now();
    const sending = send(business, drafts).finally(() => (duration = performance.now() - since));
    const stops = forEach(stopping, STOPPING, async ({ person }, at) => {
      await wait((at / STOPPING) * duration * 1.3);
      return stop(person, { business: business.id });
    });
    const [results, times] = await Promise.all([sending, stops]);
    const stopped = await forEach(stopping, STOPPING, async (reachable, at) => {
      const accepted = drafts.filter(({ contact }, place) => {
        const result = results[place];
        if (contact !== reachable.contact.id || !result) return false;
        check(
          'only a stop refuses',
          wasAccepted(result) || result.reason === 'CONSENT_STOPPED',
          result.reason,
        );
        return wasAccepted(result);
      });
      return settle(business, reachable, times[at] ?? '', accepted);
    });
    everyone.push(...stopped);
    const accepted = results.filter(wasAccepted).length;
    check('nobody else is refused', accepted >= others.length * EACH, accepted);
    say(
      `round ${round}`,
      `${count(results.length)} messages; ${STOPPING} people stop around the time of acceptance:`,
    );
    const late = stopped.filter(({ keys, seen }) => seen === keys.size && keys.size > 0).length;
    const early = stopped.filter(({ keys }) => keys.size === 0).length;
    const between = stopped.filter(({ keys, seen }) => seen < keys.size);
    say('', `${String(early).padStart(2)} before acceptance: their messages are refused, CONSENT_STOPPED`);
    say('', `${String(late).padStart(2)} after dispatch: they have their messages`);
    say('', `${String(between.length).padStart(2)} between the two: accepted messages that they never see`);
    if (between.length > 0) {
      await tell(business, between);
      return everyone;
    }
  }
  check(`a stop comes between acceptance and dispatch within ${ROUNDS} rounds`, false);
}

/** Waits until nothing of one person is queued, and compares what business and person see. */
async function settle(
  business: Business,
  { person, contact }: Reachable,
  since: string,
  drafts: Draft[],
): Promise<Stopped> {
  const keys = new Set(drafts.map(({ idempotencyKey }) => idempotencyKey));
  const mine = await until('every accepted message ends', async () => {
    const sent = (await sentTo(business, contact)).filter(({ idempotencyKey }) => keys.has(idempotencyKey));
    return sent.every(({ status }) => status !== 'ACCEPTED') ? sent : undefined;
  });
  check('no message is lost', mine.length === drafts.length, mine.length);
  for (const { status, reason, dispatchedAt } of mine) {
    if (status === 'SUPPRESSED') check('the reason is kept', reason === 'CONSENT_STOPPED', reason);
    else {
      const before = dispatchedAt !== null && dispatchedAt <= since;
      check('nothing is dispatched after a stop', before, `${dispatchedAt} is after ${since}`);
    }
  }
  const inbox = await received(person, business.id);
  const seen = inbox.filter(({ text }) => drafts.some((message) => message.text === text)).length;
  const dispatched = mine.filter(({ status }) => status !== 'SUPPRESSED').length;
  check('a suppressed message is never seen', seen === dispatched, `${seen} seen, ${dispatched} dispatched`);
  return { person, contact, since, keys, seen, inboxSize: inbox.length };
}

async function tell(business: Business, between: Stopped[]): Promise<void> {
  // Rather somebody of whom a part had been dispatched already: it shows the line that a stop draws.
  const example = between.find(({ seen }) => seen > 0) ?? between[0];
  if (!example) return;
  const { person, contact, since, seen, keys } = example;
  const sent = (await sentTo(business, contact)).filter(({ idempotencyKey }) => keys.has(idempotencyKey));
  say('stop', `${person.name}, one of these, stopped the business at ${clock(since)}`);
  for (const { status, reason, acceptedAt, dispatchedAt } of sent.reverse()) {
    const end = dispatchedAt ? `DISPATCHED at ${clock(dispatchedAt)}` : `${status}: ${reason}`;
    say('message', `accepted at ${clock(acceptedAt)}, ${end}`);
  }
  say('inbox', `${person.name} has ${seen} of these ${keys.size}`);
}

/** Long after their stops, nothing more has come to anybody. */
export async function nothingFollowed(business: Business, stopped: Stopped[]): Promise<void> {
  const sizes = await forEach(stopped, 8, async ({ person }) => (await received(person, business.id)).length);
  check(
    'nothing came after the stops',
    stopped.every(({ inboxSize }, at) => sizes[at] === inboxSize),
  );
  say('inbox', `nothing more has come to the ${stopped.length} people who stopped the business`);
}
