import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { until } from '../support/until.js';

const FOLLOW = 'subscription { noticeReceived { __typename } }';

/** A connection that speaks graphql-ws by hand, and keeps what it hears. */
class Line {
  readonly heard: any[] = [];
  closed: { code: number } | undefined;
  private readonly socket: WebSocket;

  constructor({ api }: TestPerson) {
    this.socket = new WebSocket(api.url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    this.socket.on('open', () =>
      this.say({ type: 'connection_init', payload: { authorization: `Bearer ${api.token}` } }),
    );
    this.socket.on('message', (data: Buffer) => this.heard.push(JSON.parse(data.toString())));
    this.socket.on('close', (code) => (this.closed = { code }));
    this.socket.on('error', () => undefined);
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  async acknowledged(): Promise<this> {
    await until(
      'the connection is taken or closed',
      async () => this.closed ?? this.heard.find(({ type }) => type === 'connection_ack'),
    );
    return this;
  }

  /** The codes of the errors that an operation ends with. */
  async refusal(id: string, query: string, variables = {}): Promise<string[]> {
    this.say({ id, type: 'subscribe', payload: { query, variables } });
    const message: any = await until('the operation is refused', async () =>
      this.heard.find((each) => each.id === id && each.type === 'error'),
    );
    return message.payload.map(({ extensions }: any) => extensions.code);
  }

  hangUp(): void {
    this.socket.close();
  }
}

describe('subscriptions', () => {
  let platform: TestPlatform;
  let person: TestPerson;

  beforeAll(async () => {
    platform = await startPlatform(
      {
        SUBSCRIPTION_CONNECTIONS: '2',
        SUBSCRIPTIONS_PER_CONNECTION: '3',
        REQUEST_UNITS_PERSON: '100',
        INTROSPECTION: 'false',
      },
      { worker: false },
    );
  });
  afterAll(() => platform.stop());

  it('pass the same walls as every operation, and none shows the schema that HTTP hides', async () => {
    person = await aPerson(platform);
    const line = await new Line(person).acknowledged();
    expect(await line.refusal('1', '{')).toEqual(['GRAPHQL_PARSE_FAILED']);
    expect(await line.refusal('2', `{ me { ${'phone '.repeat(2_000)} } }`)).toEqual(['QUERY_TOO_LONG']);
    expect(await line.refusal('3', '{ __schema { types { name } } }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(await line.refusal('4', `{ ${'__typename '.repeat(21)} }`)).toEqual(['QUERY_TOO_BROAD']);
    line.hangUp();
  });

  it('cost what operations cost, and are refused where the budget is used up', async () => {
    person = await aPerson(platform);
    const line = await new Line(person).acknowledged();
    const notices = '{ notices(first: 90) { nodes { __typename } } }';
    line.say({ id: '1', type: 'subscribe', payload: { query: notices } });
    await until('it is answered', async () =>
      line.heard.find(({ id, type }) => id === '1' && type === 'complete'),
    );
    expect(await line.refusal('2', notices)).toEqual(['RATE_LIMITED']);
    line.hangUp();
  });

  it('are bounded on a connection, and connections of a viewer to a process', async () => {
    person = await aPerson(platform);
    const [first, second] = [await new Line(person).acknowledged(), await new Line(person).acknowledged()];
    for (const id of ['1', '2', '3']) first.say({ id, type: 'subscribe', payload: { query: FOLLOW } });
    expect(await first.refusal('4', FOLLOW)).toEqual(['TOO_MANY_SUBSCRIPTIONS']);
    expect((await new Line(person).acknowledged()).closed).toEqual({ code: 1013 });
    second.hangUp();
    await until('it is closed', async () => second.closed);
    await until('its place is free', async () => {
      const again = await new Line(person).acknowledged();
      again.hangUp();
      return again.closed?.code !== 1013;
    });
    first.hangUp();
  });

  it('take no message that is larger than any operation is', async () => {
    const line = await new Line(await aPerson(platform)).acknowledged();
    line.say({
      id: '1',
      type: 'subscribe',
      payload: { query: FOLLOW, variables: { after: 'x'.repeat(300_000) } },
    });
    expect(await until('it is closed', async () => line.closed)).toEqual({ code: 1009 });
  });
});
