import { setTimeout as wait } from 'node:timers/promises';
import { aMessage, sendAll } from '../support/builders/messaging.js';
import { eventsOf } from '../support/builders/webhooks.js';
import { type Notes, type SeenNote, type SentNote, textOf } from './checker.js';
import type { Fault } from './fault.js';
import type { HookReceiver } from './receiver.js';
import type { CrashWorld, Sender } from './world.js';

/** How much happens in a run. */
export interface Form {
  businesses: number;
  people: number;
  /** Of all businesses together. */
  messages: number;
  /** In one request. */
  batch: number;
  /** So long one fault takes on average, the pause before it included: what senders spread their messages over. */
  faultMs: number;
  /** After what nothing new will come, and the rest is lost; for a twin that knows that something is. */
  standstill?: { ms: number; looks: number };
}

/** Longest pause between the end of a fault and the next. */
const PAUSE_MS = 1_500;
const DEVICES_AT_ONCE = 8;
const INBOX_PAGE = 100;
/** Longer than any lease, and than the waits before the first two retries of a webhook. */
const STEP_MS = 6 * 60_000;
/** Where nothing new came for so long, and so many times that all looked, nothing will: the rest is lost. */
const STANDSTILL = { ms: 60_000, looks: 10 };

/** Businesses that send, devices that look, and faults that strike; all of them write down what they saw. */
export class CrashRun {
  readonly sent: SentNote[] = [];
  /** How often each fault struck, and for how long all in all, in milliseconds. */
  readonly struck = new Map<string, { times: number; tookMs: number }>();
  private readonly seen = new Map<number, SeenNote[]>();
  private readonly known = new Set<string>();
  private sending = true;
  /** So many faults are over. */
  private ended = 0;
  /** What there was to see of the platform when nothing came any more though something was missing. */
  standstill: string | undefined;

  constructor(
    private readonly world: CrashWorld,
    private readonly receiver: HookReceiver,
    private readonly form: Form,
    /** In the order in which they strike. */
    private readonly faults: readonly Fault[],
    private readonly random: () => number,
    private readonly progress: (line: string) => void,
  ) {}

  /** Sends everything while faults strike, then waits until nothing is missing any more, and answers all notes. */
  async play(): Promise<Notes> {
    const looking = this.look();
    try {
      await Promise.all([this.strikeAll(), ...this.world.senders.map((sender) => this.sendAllOf(sender))]);
    } finally {
      this.sending = false;
    }
    await looking;
    await this.settle();
    const events = [];
    for (const sender of this.world.senders) {
      const told = await eventsOf(this.world.business(sender), { types: ['message.status'] });
      events.push(...told.map(({ id, payload }) => ({ business: sender.nr, id, payload })));
    }
    return { sent: this.sent, seen: [...this.seen.values()].flat(), hooks: this.receiver.notes, events };
  }

  private async sendAllOf(sender: Sender): Promise<void> {
    const { businesses, messages, batch, faultMs } = this.form;
    const rounds = Math.ceil(messages / businesses / sender.people.length);
    const requests = rounds * Math.ceil(sender.people.length / batch);
    let made = 0;
    for (let nr = 0; nr < rounds; nr++) {
      for (let from = 0; from < sender.people.length; from += batch) {
        const notes = sender.people
          .slice(from, from + batch)
          .map(({ person, contact }) => ({ business: sender.nr, person, nr, contact }));
        await this.insist(sender, notes);
        made += 1;
        // On a slow machine too there is something left to send when the last of them strikes.
        while (this.sending && this.ended + 1 < (made / requests) * this.faults.length) await wait(50);
        await wait(this.random() * 2 * ((this.faults.length * faultMs) / requests));
      }
    }
  }

  /** Sends a batch under the same keys until it is answered, as nobody knows what became of a request that broke. */
  private async insist(sender: Sender, notes: (SentNote & { contact: string })[]): Promise<void> {
    const batch = notes.map(({ contact, ...note }) =>
      aMessage(contact, { text: textOf(note), idempotencyKey: textOf(note) }),
    );
    while (this.sending) {
      const results = await sendAll(this.world.business(sender), batch).catch(() => undefined);
      if (results) {
        results.forEach(({ id, reason }, at) => {
          const { business, person, nr } = notes[at] as SentNote;
          this.sent.push({
            business,
            person,
            nr,
            ...(id === undefined ? { refused: reason ?? '' } : { id }),
          });
        });
        return;
      }
      await wait(50);
    }
  }

  private async strikeAll(): Promise<void> {
    const note = (sent: SentNote) => void this.sent.push(sent);
    for (const [at, fault] of this.faults.entries()) {
      const { name } = fault;
      await wait(this.random() * PAUSE_MS);
      const since = performance.now();
      await fault.strike({ world: this.world, random: this.random, note }).catch((error: unknown) => {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      });
      this.ended += 1;
      const { times, tookMs } = this.struck.get(name) ?? { times: 0, tookMs: 0 };
      this.struck.set(name, { times: times + 1, tookMs: tookMs + Math.round(performance.now() - since) });
      this.progress(`${at + 1} of ${this.faults.length}, ${name}; ${this.sent.length} messages answered`);
    }
  }

  /** All devices look over and over, whatever they are answered. */
  private async look(): Promise<void> {
    while (this.sending) {
      await this.lookOnce();
      await wait(100);
    }
  }

  private async lookOnce(): Promise<void> {
    const persons = this.world.devices.keys();
    await Promise.all(
      Array.from({ length: DEVICES_AT_ONCE }, async () => {
        for (const person of persons) await this.lookAt(person).catch(() => wait(20));
      }),
    );
  }

  /** One device notes what is new in its inbox, and says that it was delivered. */
  private async lookAt(person: number): Promise<void> {
    const api = this.world.device(person);
    const { inbox } = await api.do(
      `{ inbox(first: ${INBOX_PAGE}) { nodes { id cursor text } pageInfo { hasNextPage } } }`,
    );
    if (inbox.pageInfo.hasNextPage) throw new Error('The inbox of a person is larger than a page');
    const notes = [...inbox.nodes].reverse().map((node) => ({ person, ...node }) as SeenNote);
    this.seen.set(person, notes);
    const fresh = notes.map(({ id }) => id).filter((id) => !this.known.has(id));
    if (fresh.length === 0) return;
    await api.do(`mutation ($input: AcknowledgeInput!) { acknowledge(input: $input) { acknowledged } }`, {
      input: { messages: fresh, receipt: 'DELIVERED' },
    });
    for (const id of fresh) this.known.add(id);
  }

  /** Lets time pass until devices and receivers get nothing new any more and have all that was accepted. */
  private async settle(): Promise<void> {
    const accepted = new Set(this.sent.flatMap(({ id }) => id ?? [])).size;
    let before = '';
    let since = performance.now();
    let looks = 0;
    const { standstill = STANDSTILL } = this.form;
    while (performance.now() - since < standstill.ms || looks < standstill.looks) {
      await this.lookOnce();
      const hooks = new Set(this.receiver.notes.map(({ id }) => id)).size;
      const now = `${this.known.size} of ${accepted} on devices, ${hooks} of ${2 * accepted} events at receivers`;
      this.progress(now);
      if (this.known.size >= accepted && hooks >= 2 * accepted) return;
      looks += 1;
      if (now === before) await this.world.passTime(STEP_MS);
      else [since, looks] = [performance.now(), 0];
      before = now;
      await wait(2_000);
    }
    this.standstill = `${before}\n${await this.world.state()}`;
  }
}
