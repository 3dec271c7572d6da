/** A business's messages: sent with keys of its own, and watched. */
import { randomUUID } from 'node:crypto';
import type { Business } from './business.ts';
import type { Api } from './platform.ts';
import { templateFor } from './templates.ts';
import { check, type Refusal } from './transcript.ts';

/** What a business asks for. */
export interface Draft {
  contact: string;
  purpose: 'SERVICE' | 'MARKETING';
  text: string;
  idempotencyKey: string;
  /** When it is to go; at once where it says nothing. */
  sendAt?: string;
}

/** What the platform answers for one message. */
export interface Result extends Partial<Refusal> {
  __typename: 'AcceptedMessage' | 'RefusedMessage';
  id?: string;
  replayed: boolean;
  /** Until when an accepted message waits, and why; null: it does not. */
  deferredUntil?: string | null;
  deferredBecause?: string | null;
}

/** What a gate has against a message. */
export interface Objection {
  reason: string;
  retryAt: string | null;
}

/** What is left of a limit. */
export interface Budget {
  name: string;
  limit: number | null;
  used: number | null;
  remaining: number | null;
  nextFreeAt: string | null;
}

/** What sending would do with a message. */
export interface Foreseen {
  outcome: 'ALLOWED' | 'DEFERRED' | 'REFUSED';
  because: Objection | null;
  otherObjections: Objection[];
  budgets: Budget[];
}

/** What became of a message. */
export interface Sent {
  id: string;
  status: string;
  reason: string | null;
  idempotencyKey: string;
  acceptedAt: string;
  dispatchedAt: string | null;
  /** Why it waits, while it does. */
  deferredBecause: string | null;
}

/** A relation of the business and one person. */
export interface Contact {
  id: string;
  externalId: string;
}

const RESULT = `__typename
  ... on AcceptedMessage { id replayed deferredUntil deferredBecause }
  ... on RefusedMessage { reason message retryAt replayed }`;
const SENT = 'id status reason idempotencyKey acceptedAt dispatchedAt deferredBecause';
/** A run of the demo has keys of its own, as each order or appointment of a business has. */
const RUN = randomUUID().slice(0, 8);

/** A message with a key that tells what it is about. */
export function draft(
  contact: Contact,
  about: string,
  text: string,
  purpose: Draft['purpose'] = 'SERVICE',
): Draft {
  return { contact: contact.id, purpose, text, idempotencyKey: `${RUN}-${about}-${contact.externalId}` };
}

/** Sends up to 1,000 messages in one request. Where nobody knows what became of it, the same keys make it safe to repeat. */
export async function send({ api }: Business, drafts: Draft[]): Promise<Result[]> {
  const { results } = await api.insist<{ results: Result[] }>(
    `mutation ($input: SendMessagesInput!) { sendMessages(input: $input) { results { ${RESULT} } } }`,
    { input: { messages: drafts.map(toInput) } },
  );
  check('each message has a result', results.length === drafts.length, results.length);
  return results;
}

/** Sends one message. */
export async function sendOne({ api }: Business, message: Draft): Promise<Result> {
  return api.insist<Result>(
    `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { ${RESULT} } }`,
    { input: toInput(message) },
  );
}

/** What sending these in one request would answer. Nothing is sent. */
export async function preflight({ api }: Business, drafts: Draft[]): Promise<Foreseen[]> {
  const { decisions } = await api.insist<{ decisions: Foreseen[] }>(
    `query ($input: PreflightInput!) { preflight(input: $input) { decisions { outcome
      because { reason retryAt } otherObjections { reason retryAt }
      budgets { name limit used remaining nextFreeAt } } } }`,
    { input: { messages: drafts.map(wordsOf) } },
  );
  check('each message has a decision', decisions.length === drafts.length, decisions.length);
  return decisions;
}

function toInput(message: Draft): object {
  return { ...wordsOf(message), idempotencyKey: message.idempotencyKey };
}

/** By the template that the business has for the purpose. */
function wordsOf({ contact, purpose, text, sendAt }: Draft): object {
  const parameters = [{ name: 'text', value: text }];
  return { contact, template: { name: templateFor(purpose), parameters }, sendAt };
}

/** Whether a message was taken. */
export function wasAccepted({ __typename }: Result): boolean {
  return __typename === 'AcceptedMessage';
}

/** All messages of the business or of one of its contacts, newest first. */
export async function sentTo({ api }: Business, contact?: Contact): Promise<Sent[]> {
  return everyPage<Sent>(
    api,
    `query ($after: String, $contact: ID) { messages(first: 100, after: $after, contact: $contact) {
      nodes { ${SENT} } pageInfo { hasNextPage endCursor } } }`,
    { contact: contact?.id },
  );
}

/** All contacts of the business, oldest first. */
export async function contactsOf({ api }: Business): Promise<Contact[]> {
  return everyPage<Contact>(
    api,
    `query ($after: String) { contacts(first: 100, after: $after) {
      nodes { id externalId } pageInfo { hasNextPage endCursor } } }`,
    {},
  );
}

interface Page<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function everyPage<Node>(api: Api, query: string, variables: Record<string, unknown>): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Page<Node> = await api.insist<Page<Node>>(query, { ...variables, after });
    nodes.push(...page.nodes);
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  return nodes;
}

interface Change {
  messageId: string;
  status: string;
  cursor: string;
}

/** Follows the statuses of a business's messages, and can drop the connection and go on behind the last one seen. */
export class StatusWatch {
  private readonly business: Business;
  private readonly statuses = new Map<string, string[]>();
  private cursor: string | undefined;
  private end: () => void = () => undefined;

  constructor(business: Business) {
    this.business = business;
  }

  /** How many changes it has seen. */
  get size(): number {
    return [...this.statuses.values()].reduce((sum, list) => sum + list.length, 0);
  }

  /** Subscribes, from now on or from where it was. */
  start(): void {
    this.end = this.business.api.follow<Change>(
      `subscription ($after: String) { messageStatusChanged(after: $after) { messageId status cursor } }`,
      { after: this.cursor },
      ({ messageId, status, cursor }) => {
        this.cursor = cursor;
        this.statuses.set(messageId, [...this.of(messageId), status]);
      },
    );
  }

  /** Drops the connection. */
  stop(): void {
    this.end();
  }

  /** The statuses that a message took, in the order in which they were told. */
  of(messageId: string): string[] {
    return this.statuses.get(messageId) ?? [];
  }
}
