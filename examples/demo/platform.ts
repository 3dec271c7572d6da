/** The running platform, reached as anybody reaches it: by its public APIs, and by what its operator can read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { check, until } from './transcript.ts';

const { env } = process;
const FOLDER = env['DATA_DIRECTORY'] ?? '.assent';
/** A platform that is started again after a crash is back within seconds. */
const RETRY_MS = 60_000;

/** Where the platform is. */
export const PLATFORM = (env['ASSENT_URL'] ?? `http://127.0.0.1:${env['PORT'] ?? '4000'}`).replace(/\/$/, '');

/** The platform can not be used by the demo; the message says what to do. */
export class NoPlatform extends Error {}

/** Nobody knows what became of a request. */
class Unanswered extends Error {}

type Variables = Record<string, unknown>;

interface Fault {
  message: string;
  extensions?: { code?: string };
}

/** One audience's API, for one viewer. */
export class Api {
  private readonly url: string;
  private readonly token: string | undefined;
  private readonly witness: (answer: string) => void;

  /** @param witness sees every answer, as it came */
  constructor(
    audience: 'admin' | 'business' | 'person',
    token?: string,
    witness: (answer: string) => void = () => undefined,
  ) {
    this.url = `${PLATFORM}/${audience}/graphql`;
    this.token = token;
    this.witness = witness;
  }

  /** The first field of an operation's answer. */
  async ask<Field>(operation: string, variables: Variables = {}): Promise<Field> {
    try {
      const response = await fetch(this.url, this.request(operation, variables));
      const text = await response.text();
      this.witness(text);
      if (response.status < 500) return fieldOf<Field>(text, operation);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // what fetch throws when nobody answers
    }
    throw new Unanswered(`${PLATFORM} does not answer any more`);
  }

  /**
   * The same for operations that may be repeated: while the platform does not answer, as in a crash, the outcome is
   * unknown, and the same request is sent again.
   */
  async insist<Field>(operation: string, variables: Variables = {}): Promise<Field> {
    const end = performance.now() + RETRY_MS;
    for (;;) {
      try {
        return await this.ask<Field>(operation, variables);
      } catch (error) {
        if (!(error instanceof Unanswered) || performance.now() > end) throw error;
        await wait(250);
      }
    }
  }

  /** The code of the error that an operation is answered with; undefined: with none. */
  async fault(operation: string): Promise<string | undefined> {
    const { errors } = (await (await fetch(this.url, this.request(operation, {}))).json()) as {
      errors?: Fault[];
    };
    return errors?.[0]?.extensions?.code;
  }

  /** A file of this viewer. */
  async download(path: string): Promise<Buffer> {
    const response = await fetch(`${PLATFORM}${path}`, { headers: this.headers() });
    check(`${path} is answered`, response.ok, response.status);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Calls `each` with the first field of everything that a subscription brings, until the returned function is called. */
  follow<Field>(operation: string, variables: Variables, each: (field: Field) => void): () => void {
    const client = createClient({
      url: this.url.replace(/^http/, 'ws'),
      connectionParams: { authorization: `Bearer ${this.token ?? ''}` },
      retryAttempts: 0,
    });
    client.subscribe(
      { query: operation, variables },
      {
        next: (result) => {
          const text = JSON.stringify(result);
          this.witness(text);
          each(fieldOf<Field>(text, operation));
        },
        error: () => undefined,
        complete: () => undefined,
      },
    );
    return () => void client.dispose();
  }

  private request(operation: string, variables: Variables): RequestInit {
    return {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers() },
      body: JSON.stringify({ query: operation, variables }),
    };
  }

  private headers(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }
}

/** The operator's staff. */
export function adminApi(): Api {
  const token = env['ASSENT_ADMIN_TOKEN'] ?? readOperatorFile('admin-token')?.trim();
  if (token) return new Api('admin', token);
  throw new NoPlatform(
    `No admin token: it is neither in ASSENT_ADMIN_TOKEN nor in ${FOLDER}/admin-token. ` +
      'Make one with `npm run admin-token`.',
  );
}

/** Sends something that makes the platform send a code to an address or number, and reads it off the console. */
export async function codeFor(to: string, send: () => Promise<void>): Promise<string> {
  const before = codesFor(to).length;
  await send();
  return until(`the code is in ${FOLDER}/console.jsonl`, async () => codesFor(to).slice(before).at(-1));
}

/** Fails, saying what to do, unless a platform answers. */
export async function requirePlatform(): Promise<void> {
  const ready = await fetch(`${PLATFORM}/health/ready`).catch(() => undefined);
  if (ready?.ok) return;
  throw new NoPlatform(
    `No platform answers at ${PLATFORM}: start one with \`npm start\`, or name another one, ` +
      'for example ASSENT_URL=http://127.0.0.1:4001 npm run demo',
  );
}

function codesFor(to: string): string[] {
  const lines = (readOperatorFile('console.jsonl') ?? '').split('\n').filter((line) => line.includes(to));
  return lines
    .map((line) => JSON.parse(line) as { to: string; code: string })
    .filter((line) => line.to === to)
    .map(({ code }) => code);
}

function readOperatorFile(name: string): string | undefined {
  try {
    return readFileSync(join(FOLDER, name), 'utf8');
  } catch {
    return undefined;
  }
}

function fieldOf<Field>(text: string, operation: string): Field {
  const { data, errors } = JSON.parse(text) as { data?: Record<string, Field>; errors?: Fault[] };
  if (errors?.[0]?.extensions?.code === 'INTERNAL_SERVER_ERROR') throw new Unanswered(errors[0].message);
  const name = /[{]\s*(\w+)/.exec(operation)?.[1] ?? '';
  const field = data?.[name];
  check(`${name} is answered without errors`, !errors && field !== undefined, errors?.[0]?.message);
  return field;
}
