import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { GraphQLClient } from '../graphql-client.js';
import type { Forbidden } from '../leaks.js';
import { lookAt } from '../outgoing.js';

/** One request that reached a receiver. */
export interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
  /** `webhook-id`. */
  id: string;
  type: string;
  data: any;
  /** When it came, in milliseconds of this process. */
  at: number;
}

/** What a receiver does with a request. */
export type Answering = (received: Received, response: ServerResponse, request: IncomingMessage) => void;

/** A server of a business that takes webhooks, on this machine, while it is open. */
export interface Receiver extends AsyncDisposable {
  url: string;
  port: number;
  received: Received[];
  /** Answers from now on. */
  answer: Answering;
}

const take: Answering = (_, response) => void response.writeHead(204).end();

/** The operator's own gateway for SMS: numbers and texts are what it is there to be told. */
export const anSmsGateway = () => aReceiver(take, ['a phone number', 'a text of a message']);

/** Opens a receiver on a free loopback port; by default it takes everything. */
export async function aReceiver(
  answer: Answering = take,
  mayHold: readonly Forbidden[] = [],
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const headers = request.headers as Record<string, string>;
      lookAt('a webhook', `${JSON.stringify(headers)}${body}`, mayHold);
      const { type, data } = JSON.parse(body) as { type: string; data: unknown };
      const one = {
        path: request.url ?? '',
        headers,
        body,
        id: headers['webhook-id'] ?? '',
        type,
        data,
        at: performance.now(),
      };
      received.push(one);
      receiver.answer(one, response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    port,
    received,
    answer,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return receiver;
}

/** Whether what came is signed by a secret, as the public package of Standard Webhooks says. */
export function isSigned(secret: string, { body, headers }: Received): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

const ENDPOINT = `id url description types status disabledBecause disabledAt previousSecretUntil createdBy createdAt failures
  failingSince resumeAt lastSuccessAt lastFailureAt openDeliveries`;

/** Calls a mutation of webhooks, and answers with its result, refused or not. */
export async function webhookCall(
  owner: GraphQLClient,
  operation: string,
  input: Record<string, unknown>,
): Promise<any> {
  const [inputType, fields] = CALLS[operation] ?? ['', ''];
  const data = await owner.do(
    `mutation ($input: ${inputType}!) { ${operation}(input: $input) {
      __typename ${fields} ... on Refusal { reason message retryAt } } }`,
    { input },
  );
  return data[operation];
}

const CALLS: Record<string, [string, string]> = {
  createWebhookEndpoint: [
    'CreateWebhookEndpointInput',
    `... on CreateWebhookEndpointPayload { secret endpoint { ${ENDPOINT} } }`,
  ],
  updateWebhookEndpoint: [
    'UpdateWebhookEndpointInput',
    `... on WebhookEndpointPayload { endpoint { ${ENDPOINT} } }`,
  ],
  rotateWebhookSecret: [
    'RotateWebhookSecretInput',
    `... on CreateWebhookEndpointPayload { secret endpoint { ${ENDPOINT} } }`,
  ],
  deleteWebhookEndpoint: ['WebhookEndpointIdInput', '... on DeleteWebhookEndpointPayload { id }'],
  testWebhookEndpoint: ['WebhookEndpointIdInput', '... on TestWebhookEndpointPayload { event }'],
  redeliverEvents: ['RedeliverEventsInput', '... on RedeliverEventsPayload { count endpoint { id } }'],
};

/** An endpoint of a business, and the secret that it is signed with. */
export interface TestEndpoint {
  id: string;
  secret: string;
}

/** Adds an endpoint. */
export async function anEndpoint(
  owner: GraphQLClient,
  url: string,
  types: string[] = ['message.status'],
): Promise<TestEndpoint> {
  const { secret, endpoint, reason } = await webhookCall(owner, 'createWebhookEndpoint', { url, types });
  if (!endpoint) throw new Error(`Adding an endpoint was refused: ${reason}`);
  return { id: endpoint.id, secret };
}

/** Endpoints of a business. */
export async function endpointsOf(owner: GraphQLClient): Promise<any[]> {
  return (await owner.do(`{ webhookEndpoints { ${ENDPOINT} } }`))['webhookEndpoints'];
}

/** One endpoint as it is now. */
export async function endpointBy(owner: GraphQLClient, id: string): Promise<any> {
  return (await endpointsOf(owner)).find((endpoint) => endpoint.id === id);
}

/** What was tried at an endpoint, newest first. */
export async function triesAt(owner: GraphQLClient, endpoint: string, first = 100): Promise<any[]> {
  const { webhookDeliveries } = await owner.do(
    `query ($endpoint: ID!, $first: Int!) { webhookDeliveries(endpoint: $endpoint, first: $first) {
      nodes { id event type attempt at durationMs statusCode delivered failure retryAt } } }`,
    { endpoint, first },
  );
  return webhookDeliveries.nodes;
}

/** All events of a business after one, those of messages by default, read in pages. */
export async function eventsOf(
  business: GraphQLClient,
  {
    after = null,
    first = 100,
    types = ['message.status', 'message.received'],
  }: { after?: string | null; first?: number; types?: string[] } = {},
): Promise<{ id: string; type: string; timestamp: string; payload: string }[]> {
  const all: any[] = [];
  for (let cursor = after, more = true; more;) {
    const { events }: { events: any } = await business.do(
      `query ($first: Int!, $after: String, $types: [String!]) { events(first: $first, after: $after, types: $types) {
        nodes { id type timestamp payload } pageInfo { hasNextPage endCursor } } }`,
      { first, after: cursor, types },
    );
    all.push(...events.nodes);
    cursor = events.pageInfo.endCursor;
    more = events.pageInfo.hasNextPage;
  }
  return all;
}
