import { reportsOf } from './reported.js';
import { noteReasons } from './seen-reasons.js';

/** What a GraphQL endpoint answered. */
export interface Answer<Data> {
  data: Data;
  errors?: {
    message: string;
    extensions: {
      code: string;
      faults?: { field: string; rule: string }[];
      errorId?: string;
      retryAt?: string;
    };
  }[];
  extensions?: { cost: { requested: number; remaining: number; resetAt: string }; replayed?: string[] };
  status: number;
}

/** Sends operations to one endpoint over HTTP, as any client would. */
export class GraphQLClient {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  /** The data of an operation. @throws when there are errors */
  async do<Data = any>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.raw<Data>(query, variables);
    if (errors) {
      const told = JSON.stringify(errors);
      throw new Error([told, ...reportsOf(told)].join('\n'));
    }
    return data;
  }

  /** Everything that was answered, errors too. */
  async raw<Data = any>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<Data>> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as Answer<Data>;
    noteReasons(answer.data);
    return { ...answer, status: response.status };
  }

  /** Follows a subscription; `return()` on the iterator ends it. */
  async *subscribe<Data = any>(
    query: string,
    variables: Record<string, unknown> = {},
  ): AsyncGenerator<Data, void, undefined> {
    const { createClient } = await import('graphql-ws');
    const client = createClient({
      url: this.url.replace(/^http/, 'ws'),
      webSocketImpl: (await import('ws')).WebSocket,
      connectionParams: { authorization: `Bearer ${this.token ?? ''}` },
      retryAttempts: 0,
      lazy: true,
    });
    try {
      for await (const { data, errors } of client.iterate<Data>({ query, variables })) {
        if (errors) throw new Error(JSON.stringify(errors));
        if (data) yield data;
      }
    } finally {
      await client.dispose();
    }
  }
}
