/** COPY … FROM STDIN by `pg`: the quickest way to write very many rows. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type pg from 'pg';

interface Connection {
  stream: Writable;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

/** What `pg` hands a connection to, so that it may speak the protocol by itself. */
class CopyIn {
  private error: Error | undefined;
  private readonly text: string;
  private readonly lines: Iterable<string>;
  private readonly done: (error: Error | undefined) => void;

  constructor(text: string, lines: Iterable<string>, done: (error: Error | undefined) => void) {
    this.text = text;
    this.lines = lines;
    this.done = done;
  }

  submit(connection: Connection): void {
    connection.query(this.text);
  }

  handleCopyInResponse(connection: Connection): void {
    this.write(connection).catch((error: unknown) => {
      connection.sendCopyFail(String(error));
    });
  }

  handleCommandComplete(): void {
    // The answer that counts is the one after it.
  }

  handleError(error: Error): void {
    this.error = error;
  }

  handleReadyForQuery(): void {
    this.done(this.error);
  }

  private async write(connection: Connection): Promise<void> {
    let chunk = '';
    for (const line of this.lines) {
      chunk += line;
      if (chunk.length < 256_000) continue;
      connection.sendCopyFromChunk(Buffer.from(chunk));
      chunk = '';
      if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
    }
    if (chunk !== '') connection.sendCopyFromChunk(Buffer.from(chunk));
    connection.endCopyFrom();
  }
}

/** Copies lines of COPY's text format, each with its line break, into `table (columns)`. */
export function copyInto(client: pg.PoolClient, target: string, lines: Iterable<string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const copy = new CopyIn(`COPY ${target} FROM STDIN`, lines, (error) => {
      if (error) reject(error);
      else resolve();
    });
    client.query(copy as unknown as pg.Submittable);
  });
}
