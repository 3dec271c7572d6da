import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import pg from 'pg';
import { DumpLedger, ExtendLog } from '@assent/consent';
import { AuthenticatePerson, type PersonViewer } from '@assent/people';
import { Database, type Transaction, uuid7 } from '@assent/platform';
import type { DumpReport } from '../../apps/verify/src/dump.js';
import { readKey } from '../../apps/verify/src/note.js';
import { verifyDump } from '../../apps/verify/src/verify.js';
import type { ConsentRecord } from '../../libs/consent/src/domain/consent-event.js';
import { ConsentLedger } from '../../libs/consent/src/persistence/consent-ledger.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

export type LoggedPerson = TestPerson & PersonViewer;

/** A platform whose log grows, and whose clock goes on, only when a test says so, unless it has a worker. */
export class LogPlatform {
  constructor(readonly platform: TestPlatform) {}

  get database() {
    return this.platform.database;
  }

  async aPerson(): Promise<LoggedPerson> {
    const person = await aPerson(this.platform);
    const viewer = await this.get(AuthenticatePerson).authenticate(`Bearer ${person.token}`);
    if (!viewer) throw new Error('A person who has just signed in is not known');
    return Object.assign(viewer, person);
  }

  /** Records events of a person as the app does, but many at a time. */
  async record(person: PersonViewer, count: number): Promise<void> {
    const database = this.get(Database);
    await database.transaction({ role: 'person', personId: person.personId }, (tx) =>
      this.recordIn(tx, person, count),
    );
  }

  async recordIn(tx: Transaction, person: PersonViewer, count: number): Promise<void> {
    const ledger = this.get(ConsentLedger);
    const [end, at] = [await ledger.lock(tx, person), await tx.now()];
    if (!end) throw new Error('A person without a guard row');
    const records = Array.from({ length: count }, (_, nr): ConsentRecord => {
      return {
        personId: person.personId,
        id: uuid7(at.getTime()),
        seq: end.seq + nr + 1,
        at,
        policyVersion: 1,
        actor: 'PERSON',
        source: 'app',
        businessId: null,
        evidence: null,
        action: nr % 2 === 0 ? 'STOP' : 'ALLOW',
        purpose: nr % 3 === 0 ? 'ADS' : 'MARKETING',
      };
    });
    await ledger.append(tx, [{ end, records }]);
  }

  /** Runs rounds of the sequencer until nothing waits. */
  async extend(): Promise<void> {
    while (await this.get(ExtendLog).execute());
  }

  /** Stops the clock: from now on time passes when a test says so. */
  async freeze(): Promise<void> {
    const [row] = await this.database.sql<{ now: Date }>('SELECT assent_now() AS now');
    this.time = row?.now ?? new Date();
    await this.setClock();
  }

  /** Lets a second pass, so that the next round may sign again. */
  async passASecond(): Promise<void> {
    this.time = new Date(this.time.getTime() + 1_000);
    await this.setClock();
  }

  private time = new Date();

  private async setClock(): Promise<void> {
    await this.database.sql(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz LANGUAGE sql VOLATILE
      PARALLEL SAFE AS $$ SELECT timestamptz '${this.time.toISOString()}' $$`);
  }

  /** Grows the log to all that was recorded, and signs it. */
  async settle(): Promise<void> {
    await this.extend();
    await this.passASecond();
    await this.extend();
  }

  async dump(): Promise<string[]> {
    const dump = await this.get(DumpLedger).execute();
    if (!dump) throw new Error('There is no checkpoint yet');
    const lines: string[] = [];
    for await (const line of dump.lines) lines.push(line);
    return lines;
  }

  /** The public side of the log. */
  async read(path: string): Promise<{ status: number; text: string; type: string | null }> {
    const answer = await fetch(`${this.platform.url}/consent-log/${path}`);
    return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') };
  }

  async key(): Promise<string> {
    return (await this.read('key')).text.trim();
  }

  /** Runs SQL as one of the application's roles, from its own login, and undoes it. */
  async as(role: string, text: string): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: this.database.appUrl });
    await client.connect();
    try {
      await client.query(`BEGIN; SET LOCAL ROLE assent_${role}`);
      return await client.query(text);
    } finally {
      await client.end();
    }
  }

  get<Type>(type: abstract new (...given: never[]) => Type): Type {
    return this.platform.app.get(type, { strict: false });
  }
}

export const KEYS = `1:${randomBytes(32).toString('base64')}`;

/** Starts it. */
export async function startLog(
  settings: Record<string, string> = {},
  { worker = false }: { worker?: boolean } = {},
): Promise<LogPlatform> {
  const log = new LogPlatform(await startPlatform({ ASSENT_KEYS: KEYS, ...settings }, { worker }));
  if (!worker) await log.freeze();
  return log;
}

/** Checks a dump as the program does. */
export function check(
  dump: readonly string[] | Buffer,
  keys: readonly string[] = [],
  checkpoints: string[] = [],
) {
  const bytes = Buffer.isBuffer(dump) ? dump : Buffer.from(dump.join(''));
  return verifyDump(Readable.from([bytes]), { keys: keys.map(readKey), checkpoints });
}

/** What the program objects to in a dump; undefined where it holds. */
export async function objection(...given: Parameters<typeof check>): Promise<string | undefined> {
  return check(...given).then(
    (_report: DumpReport) => undefined,
    (error: unknown) => (error as Error).message,
  );
}

/** What `consentReceipt` answers. */
export async function receiptOf({ api }: TestPerson, eventId: string): Promise<any> {
  const { consentReceipt } = await api.do(
    `query ($eventId: ID!) { consentReceipt(eventId: $eventId) {
      __typename
      ... on ConsentReceipt { eventId sequence leafIndex document }
      ... on Refusal { reason message retryAt }
    } }`,
    { eventId },
  );
  return consentReceipt;
}
