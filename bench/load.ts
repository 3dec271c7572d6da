/** Drives the platform over real HTTP and GraphQL. */
import { Pool } from 'undici';

/** A client with 64 connections that keeps them busy for a while. */
export class Load {
  private readonly pool: Pool;
  private readonly path: string;
  private readonly token: string;
  private readonly seconds: number;

  /** @param token of who asks where an operation names nobody else */
  constructor(url: string, token: string, seconds: number) {
    const { origin, pathname } = new URL(url);
    this.pool = new Pool(origin, { connections: 64, pipelining: 1 });
    this.path = pathname;
    this.token = token;
    this.seconds = seconds;
  }

  /** One operation. @throws when it was not answered with data */
  async send<Data>(query: string, variables: object, token = this.token): Promise<Data> {
    const { body } = await this.pool.request({
      method: 'POST',
      path: this.path,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await body.json()) as { data?: Data; errors?: unknown };
    if (errors || !data) throw new Error(`An operation failed: ${JSON.stringify(errors)}`);
    return data;
  }

  /**
   * Repeats an operation on so many connections for the set time. @returns `units` a second
   * @param operation may say itself how many units it did
   */
  async run(
    connections: number,
    operation: () => Promise<unknown>,
    units: number,
    seconds = this.seconds,
  ): Promise<number> {
    const began = performance.now();
    const end = began + seconds * 1_000;
    let done = 0;
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (performance.now() < end) {
          const did = await operation();
          done += typeof did === 'number' ? did : units;
        }
      }),
    );
    return done / ((performance.now() - began) / 1_000);
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
