/** What the load sends: messages of the template to one contact after the other. */
import type { Load } from './load.ts';
import { TEMPLATE } from './seed-sender.ts';
import type { Business } from './population.ts';

const SEND_ONE = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }`;
const SEND_MANY = `mutation ($input: SendMessagesInput!) { sendMessages(input: $input) { results { __typename } } }`;
const PREFLIGHT = `query ($input: PreflightInput!) { preflight(input: $input) { decisions { outcome } } }`;

interface Sent {
  __typename: string;
}

let keys = 0;

/** One business's messages; unique people until all of its contacts had their turn. */
export class Sending {
  private readonly load: Load;
  private readonly business: Business;
  private next = 0;

  constructor(load: Load, business: Business) {
    this.load = load;
    this.business = business;
  }

  /** One message. @throws when it was not accepted */
  async one(): Promise<void> {
    await this.to(this.contact());
  }

  async to(contact: string, expected = 'AcceptedMessage'): Promise<void> {
    const { sendMessage } = await this.load.send<{ sendMessage: Sent }>(
      SEND_ONE,
      { input: message(contact) },
      this.business.apiKey,
    );
    expect(sendMessage, expected);
  }

  /** A batch. @throws when one of them was not accepted */
  async many(size: number): Promise<void> {
    await this.toAll(Array.from({ length: size }, () => this.contact()));
  }

  /** A batch to these contacts, of which those who stopped must be refused. */
  async toAll(contacts: readonly string[], stopped: ReadonlySet<string> = new Set()): Promise<void> {
    const { sendMessages } = await this.load.send<{ sendMessages: { results: Sent[] } }>(
      SEND_MANY,
      { input: { messages: contacts.map(message) } },
      this.business.apiKey,
    );
    sendMessages.results.forEach((result, at) => {
      expect(result, stopped.has(contacts[at] ?? '') ? 'RefusedMessage' : 'AcceptedMessage');
    });
  }

  /** What a batch would be answered. */
  async preflight(size: number): Promise<void> {
    const drafts = Array.from({ length: size }, () => ({ contact: this.contact(), template: TEMPLATE }));
    const { preflight } = await this.load.send<{ preflight: { decisions: { outcome: string }[] } }>(
      PREFLIGHT,
      { input: { messages: drafts } },
      this.business.apiKey,
    );
    if (preflight.decisions.some(({ outcome }) => outcome !== 'ALLOWED'))
      throw new Error('A draft would not be accepted');
  }

  private contact(): string {
    const { contacts } = this.business;
    return contacts[this.next++ % contacts.length] ?? '';
  }
}

function message(contact: string) {
  return { contact, template: TEMPLATE, idempotencyKey: `bench-${++keys}` };
}

function expect({ __typename }: Sent, expected: string): void {
  if (__typename !== expected) throw new Error(`A message was answered with ${__typename}, not ${expected}`);
}
