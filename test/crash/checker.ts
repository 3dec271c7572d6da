/**
 * Judges a run by what senders, devices and receivers of webhooks wrote down themselves: it asks the platform nothing, and
 * shares no code with it.
 */

/** A sender's note: one message, and how it was answered. */
export interface SentNote {
  business: number;
  person: number;
  /** Its place among what the business sent to that person: 0, 1, 2 … */
  nr: number;
  /** What it was answered with: the id of an accepted message, or the reason of a refusal. */
  id?: string;
  refused?: string;
}

/** A device's note: one message that it saw, in the order of the inbox. */
export interface SeenNote {
  person: number;
  /** The device's own id of it. */
  id: string;
  /** Its place in the inbox. */
  cursor: string;
  text: string;
}

/** A receiver's note: one webhook that came and that it took. */
export interface HookNote {
  business: number;
  /** `webhook-id`. */
  id: string;
  body: string;
  signed: boolean;
}

/** A business's note: one event, in the order in which the query `events` has them. */
export interface EventNote {
  business: number;
  id: string;
  payload: string;
}

export interface Notes {
  sent: readonly SentNote[];
  seen: readonly SeenNote[];
  hooks: readonly HookNote[];
  events: readonly EventNote[];
}

interface Status {
  message: string;
  sequence: number;
  status: string;
  step: number;
}

/** Text of a message: says who sent it to whom, and at which place. */
export const textOf = ({ business, person, nr }: Omit<SentNote, 'id' | 'refused'>) =>
  `From ${business} to ${person}, number ${nr}.`;

const MOST_FAULTS = 20;

/** What does not hold, in sentences; nothing where everything does. Stops looking after `most` faults. */
export function faultsIn(notes: Notes, most = MOST_FAULTS): string[] {
  const faults: string[] = [];
  for (const fault of allFaults(notes)) {
    faults.push(fault);
    if (faults.length === most) break;
  }
  return faults;
}

function* allFaults({ sent, seen, hooks, events }: Notes): Generator<string> {
  yield* senderFaults(sent);
  yield* deviceFaults(sent, seen);
  yield* eventFaults(sent, events);
  yield* webhookFaults(events, hooks);
}

/** Every message was accepted, under one id of its own, however often it was asked for. */
function* senderFaults(sent: readonly SentNote[]): Generator<string> {
  const idByText = new Map<string, string>();
  const textById = new Map<string, string>();
  for (const note of sent) {
    const text = textOf(note);
    if (note.id === undefined) {
      yield `Refused for ${note.refused}: ${text}`;
      continue;
    }
    if ((idByText.get(text) ?? note.id) !== note.id) yield `Accepted under two ids: ${text}`;
    if ((textById.get(note.id) ?? text) !== text) yield `The id ${note.id} is of two messages`;
    idByText.set(text, note.id);
    textById.set(note.id, text);
  }
}

/** A device saw exactly what was accepted for it, each once, and each business's in the order of its sending. */
function* deviceFaults(sent: readonly SentNote[], seen: readonly SeenNote[]): Generator<string> {
  const times = new Map<string, number>();
  const cursors = new Set<string>();
  const ids = new Set<string>();
  const next = new Map<string, number>();
  for (const { person, id, cursor, text } of seen) {
    times.set(text, (times.get(text) ?? 0) + 1);
    if (ids.has(id)) yield `Twice by id on a device: ${text}`;
    if (cursors.has(`${person} ${cursor}`)) yield `Two messages at one place of an inbox: ${text}`;
    ids.add(id);
    cursors.add(`${person} ${cursor}`);
    const [business, to, nr] = (text.match(/\d+/g) ?? []).map(Number) as [number, number, number];
    if (to !== person) yield `On the device of ${person}: ${text}`;
    const conversation = `${business} ${person}`;
    if (nr !== (next.get(conversation) ?? 0)) yield `Out of order on a device: ${text}`;
    next.set(conversation, nr + 1);
  }
  const accepted = new Set(sent.filter(({ id }) => id !== undefined).map(textOf));
  for (const text of accepted) {
    const count = times.get(text) ?? 0;
    if (count !== 1) yield `${count === 0 ? 'Lost' : `On the device ${count} times`}: ${text}`;
  }
  for (const text of times.keys()) if (!accepted.has(text)) yield `Seen, though never accepted: ${text}`;
}

/** Of every accepted message the events tell one way from dispatch to delivery, each step once, never back. */
function* eventFaults(sent: readonly SentNote[], events: readonly EventNote[]): Generator<string> {
  const steps = new Map<string, Status[]>();
  const sequences = new Map<string, string>();
  const ids = new Set<string>();
  for (const { business, id, payload } of events) {
    if (ids.has(id)) yield `Two events have the id ${id}`;
    ids.add(id);
    const { data } = JSON.parse(payload) as { data: Status & { contact: string } };
    const taken = sequences.get(`${business} ${data.contact} ${data.sequence}`);
    if ((taken ?? data.message) !== data.message) yield `Number ${data.sequence} of a conversation is twice`;
    sequences.set(`${business} ${data.contact} ${data.sequence}`, data.message);
    steps.set(data.message, [...(steps.get(data.message) ?? []), data]);
  }
  const numbers = new Map<string, { nr: number; sequence: number }>();
  for (const note of sent) {
    if (note.id === undefined) continue;
    const told = steps.get(note.id) ?? [];
    const way = told.map(({ status }) => status).join(', ');
    if (way !== 'DISPATCHED, DELIVERED') yield `Its events tell “${way}”: ${textOf(note)}`;
    const sequence = told[0]?.sequence ?? 0;
    const conversation = `${note.business} ${note.person}`;
    const before = numbers.get(conversation);
    if (before && before.nr < note.nr !== before.sequence < sequence && before.nr !== note.nr) {
      yield `Its number in the conversation is out of order: ${textOf(note)}`;
    }
    numbers.set(conversation, { nr: note.nr, sequence });
  }
  const known = new Set(sent.map(({ id }) => id));
  for (const id of steps.keys()) if (!known.has(id)) yield `Events of a message that nobody sent: ${id}`;
}

/** Every event reached its webhook, under its id, as it is, and signed; and nothing else did. */
function* webhookFaults(events: readonly EventNote[], hooks: readonly HookNote[]): Generator<string> {
  const reached = new Set<string>();
  const payloads = new Map(events.map((event) => [`${event.business} ${event.id}`, event.payload]));
  for (const { business, id, body, signed } of hooks) {
    const payload = payloads.get(`${business} ${id}`);
    if (payload === undefined) yield `A webhook came to ${business} that is no event of it: ${id}`;
    else if (payload !== body) yield `A webhook says something else than its event: ${id}`;
    if (!signed) yield `A webhook came without a good signature: ${id}`;
    reached.add(`${business} ${id}`);
  }
  for (const event of payloads.keys()) if (!reached.has(event)) yield `Never reached its webhook: ${event}`;
}
