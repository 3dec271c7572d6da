import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A connection of somebody to PostgreSQL. */
interface Pair {
  client: Socket;
  server: Socket;
}

const HEADER_BYTES = 5;
const COMMAND_COMPLETE = 'C'.charCodeAt(0);
const COMMITTED = 'COMMIT\0';

/**
 * Stands between processes and PostgreSQL, and breaks what goes through: connections, or the answers to commits. It reads
 * so much of the protocol (https://www.postgresql.org/docs/current/protocol-message-formats.html) as it needs for that.
 */
export class DatabaseProxy {
  /** Where PostgreSQL is. */
  target = 0;
  /** How likely the answer to a commit is lost, and the connection with it. */
  losing = 0;
  /** So many answers were lost. */
  lost = 0;
  private readonly pairs = new Set<Pair>();
  private readonly server: Server;

  constructor(private readonly random: () => number) {
    this.server = createServer((client) => this.join(client));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async open(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    this.server.close();
    this.cut(1);
    await once(this.server, 'close');
  }

  /** Resets connections, each as likely as that. @returns how many */
  cut(likely: number): number {
    const hit = [...this.pairs].filter(() => this.random() < likely);
    for (const pair of hit) this.reset(pair);
    return hit.length;
  }

  private join(client: Socket): void {
    const server = connect(this.target, '127.0.0.1');
    const pair = { client, server };
    this.pairs.add(pair);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.setNoDelay(true);
      one.on('error', () => undefined);
      one.on('close', () => {
        other.destroy();
        this.pairs.delete(pair);
      });
    }
    client.pipe(server);
    let rest = Buffer.alloc(0);
    server.on('data', (chunk: Buffer) => {
      const answers = Buffer.concat([rest, chunk]);
      let end = 0;
      for (let next = endOf(answers, end); next <= answers.length; next = endOf(answers, end)) {
        if (this.losing > 0 && isCommit(answers.subarray(end, next)) && this.random() < this.losing) {
          // Nobody is told what comes before it either, as where a machine is gone.
          this.lost += 1;
          this.reset(pair);
          return;
        }
        end = next;
      }
      client.write(answers.subarray(0, end));
      rest = answers.subarray(end);
    });
  }

  private reset({ client, server }: Pair): void {
    for (const socket of [client, server]) {
      if (socket.connecting || socket.destroyed) socket.destroy();
      else socket.resetAndDestroy();
    }
  }
}

/** Where the message ends that begins there; Infinity where it is not known yet. */
function endOf(answers: Buffer, from: number): number {
  return answers.length - from < HEADER_BYTES ? Infinity : from + 1 + answers.readInt32BE(from + 1);
}

function isCommit(answer: Buffer): boolean {
  return answer[0] === COMMAND_COMPLETE && answer.toString('latin1', HEADER_BYTES) === COMMITTED;
}
