/** A business has its events posted to a server of its own, verifies them, and reads them again. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Business } from './business.ts';
import type { Reachable } from './chapters.ts';
import { draft, sendOne, wasAccepted } from './messages.ts';
import { chapter, check, count, say, until } from './transcript.ts';

const ENDPOINT = '... on CreateWebhookEndpointPayload { secret endpoint { id } } ... on Refusal { reason }';

interface Posted {
  headers: Record<string, string>;
  body: string;
}

interface Event {
  id: string;
  payload: string;
}

/** Signatures are checked by the public package of Standard Webhooks, as any receiver would. */
export async function receiveWebhooks(business: Business, { person, contact }: Reachable): Promise<void> {
  chapter('A server of the business gets what happens, signed');
  const posted: Posted[] = [];
  let isDown = true;
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      posted.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(isDown ? 503 : 204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/assent`;
  const { secret, endpoint } = await business.owner.ask<{ secret: string; endpoint: { id: string } }>(
    `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { ${ENDPOINT} } }`,
    { input: { url, types: ['message.status', 'message.received'] } },
  );
  say('createWebhookEndpoint', `${url}, with a secret that is shown once`);
  try {
    const sent = await sendOne(business, draft(contact, 'parcel', `${person.name}, your parcel is here.`));
    check('the message is accepted', wasAccepted(sent), sent.reason);
    const about = () => posted.filter(({ body }) => body.includes(sent.id ?? '?'));
    const refused = await until('the event is posted', async () => about()[0]);
    say('webhook', 'message.status is posted, and the server answers 503');
    isDown = false;
    const taken = await until('the event is posted again', async () => about()[1]);
    check('it has the same id', taken.headers['webhook-id'] === refused.headers['webhook-id']);
    say('webhook', 'posted again after 5 s, under the same webhook-id', taken.headers['webhook-id'] ?? '');
    const event = new Webhook(secret).verify(taken.body, taken.headers) as { data: { message: string } };
    check('it is about that message', event.data.message === sent.id, event.data.message);
    say('standardwebhooks', 'verifies its signature', taken.body.slice(0, 70) + ' …');
    check(
      'a forged one is noticed',
      !isGenuine(secret, { ...taken, body: taken.body.replace('"step":1', '"step":3') }),
    );
    say('standardwebhooks', 'refuses the same with another status in it');

    const { nodes } = await business.api.ask<{ nodes: Event[] }>(
      `query ($types: [String!]) { events(first: 100, types: $types) { nodes { id payload } } }`,
      { types: ['message.status', 'message.received'] },
    );
    check('events can be read again', nodes.length > 0);
    const before = posted.length;
    const again = await business.owner.ask<{ count: number }>(
      `mutation ($input: RedeliverEventsInput!) { redeliverEvents(input: $input) {
        ... on RedeliverEventsPayload { count } ... on Refusal { reason } } }`,
      { input: { endpoint: endpoint.id, ids: nodes.slice(0, 10).map(({ id }) => id) } },
    );
    await until('they come', async () => (posted.length >= before + again.count ? true : undefined));
    const replayed = new Map(posted.slice(before).map((one) => [one.headers['webhook-id'], one]));
    for (const { id, payload } of nodes.slice(0, 10)) {
      const one = replayed.get(id);
      check(
        'each comes again as it was',
        one !== undefined && one.body === payload && isGenuine(secret, one),
      );
    }
    say('redeliverEvents', `${count(again.count)} past events come again, byte for byte, and signed anew`);
  } finally {
    await business.owner.ask(
      `mutation ($input: WebhookEndpointIdInput!) { deleteWebhookEndpoint(input: $input) { __typename } }`,
      { input: { id: endpoint.id } },
    );
    server.closeAllConnections();
    server.close();
  }
}

function isGenuine(secret: string, { body, headers }: Posted): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  return body;
}
