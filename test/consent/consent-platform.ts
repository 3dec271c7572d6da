import { randomBytes } from 'node:crypto';
import { Global, Module, type Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import pg from 'pg';
import {
  ConsentPersonApiModule,
  ConsentStore,
  judgeConsent,
  PURPOSES,
  type Stop,
  ConsentTeller,
  StopEffect,
} from '@assent/consent';
import {
  AuthenticatePerson,
  EndOfPerson,
  PeopleModule,
  PeoplePersonApiModule,
  type PersonViewer,
} from '@assent/people';
import {
  audienceApi,
  Configuration,
  type ConsoleLine,
  createLogger,
  Database,
  KeyRing,
  OperatorConsole,
  PermissionGuard,
  publicId,
  type Transaction,
  uuid7,
} from '@assent/platform';
import { createServer } from '../../apps/api/src/create-server.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import { createTestDatabase } from '../support/database.js';
import { TestPlatform } from '../support/platform.js';

/** Stands in for the libraries above, which queue: writes down what it was asked to suppress, or fails. */
export class WrittenDown extends StopEffect {
  readonly stops: Stop[] = [];
  failing = false;

  async suppress(tx: Transaction, stop: Stop): Promise<void> {
    if (this.failing) throw new Error('As if the process died here');
    // A statement of its own: it must run as the person and see what the stop has written so far.
    const [seen] = await tx.rows<{ role: string; events: number }>({
      text: 'SELECT current_role::text AS role, (SELECT count(*) FROM consent_event) AS events',
    });
    if (seen?.role !== 'assent_person' || seen.events === 0) throw new Error('Not inside the stop');
    this.stops.push(stop);
  }
}

/** Nobody is told: no business is in these trials to hear it. */
class NobodyIsTold extends ConsentTeller {
  async tell(): Promise<void> {}
}

/** No number here comes into new hands. */
class NobodyEnds extends EndOfPerson {
  giveWay(): Promise<undefined> {
    throw new Error('Nobody was meant to end here');
  }
}

class KeptCodes extends OperatorConsole {
  readonly lines: ConsoleLine[] = [];

  override write(line: ConsoleLine): void {
    this.lines.push(line);
  }
}

const PERSON = [PeoplePersonApiModule, ConsentPersonApiModule];

/** The person API without the libraries above consent. */
@Module({
  imports: [
    ...PERSON,
    audienceApi({
      audience: 'person',
      include: PERSON,
      authenticator: AuthenticatePerson,
      imports: [PeopleModule],
      subscriptions: false,
    }),
  ],
  providers: [{ provide: APP_GUARD, useClass: PermissionGuard }],
})
class PersonApiModule {}

/** A business, as persons know it. */
export interface TestBusiness {
  id: string;
  publicId: string;
  name: string;
}

/** People and their consent, on a database of its own, with an effect of stops that can be looked at. */
export class ConsentPlatform extends TestPlatform {
  effect = new WrittenDown();

  /** Runs SQL as one of the application's roles, from its own login, and undoes it. */
  async as(role: string, person: string | undefined, text: string): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: this.database.appUrl });
    await client.connect();
    try {
      await client.query(`BEGIN; SET LOCAL ROLE assent_${role}`);
      if (person) await client.query(`SET LOCAL app.person = '${person}'`);
      return await client.query(text);
    } finally {
      await client.end();
    }
  }

  async aBusiness(name = `Shop ${randomBytes(3).toString('hex')}`): Promise<TestBusiness> {
    const id = uuid7(Date.now());
    await this.database.sql(
      `INSERT INTO business (id, display_name, country, created_at) VALUES ($1, $2, 'DE', now())`,
      [id, name],
    );
    return { id, publicId: publicId('biz', id), name };
  }

  /** A person, and where their rows are. */
  async aPerson(): Promise<TestPerson & PersonViewer> {
    const person = await aPerson(this);
    const authenticate = this.app.get(AuthenticatePerson, { strict: false });
    const viewer = await authenticate.authenticate(`Bearer ${person.token}`);
    if (!viewer) throw new Error('A person who has just signed in is not known');
    return Object.assign(viewer, person);
  }

  /** What a business may do with a person, by purpose, as sending and matching decide it. */
  async verdicts({ lane, personId }: PersonViewer, business: TestBusiness): Promise<Record<string, string>> {
    const [facts] = await this.facts([{ lane, personId, businessId: business.id }]);
    if (!facts) throw new Error('Nothing is known of a person');
    return Object.fromEntries(PURPOSES.map((purpose) => [purpose, judgeConsent(purpose, facts).rule]));
  }

  facts(encounters: { lane: number; personId: string; businessId: string }[]) {
    const store = this.app.get(ConsentStore, { strict: false });
    const database = this.app.get(Database, { strict: false });
    return database.transaction({ role: 'engine' }, (tx) => store.factsFor(tx, encounters));
  }
}

/** Starts it. Without `effect` nothing provides what a stop does, and it must not start. */
export async function startConsent({ effect = true } = {}): Promise<ConsentPlatform> {
  const database = await createTestDatabase();
  const written = new WrittenDown();
  const configuration = Configuration.parse({
    NODE_ENV: 'test',
    ASSENT_KEYS: `1:${randomBytes(32).toString('base64')}`,
    LOG_LEVEL: 'info',
    // Nobody here waits for hints, and a server that does not start could not take its listener back.
    DATABASE_LISTEN: 'false',
  });
  const logs: string[] = [];
  const codes = new KeptCodes(undefined, () => undefined);
  try {
    const app = await createServer(
      {
        configuration,
        keys: KeyRing.load(configuration),
        log: createLogger(configuration, { write: (line: string) => logs.push(line) }),
        console: codes,
        databaseUrl: database.appUrl,
        name: 'assent-test',
      },
      [
        PersonApiModule,
        providing(EndOfPerson, new NobodyEnds()),
        providing(ConsentTeller, new NobodyIsTold()),
        ...(effect ? [providing(StopEffect, written)] : []),
      ],
    );
    await app.listen(0, '127.0.0.1');
    const platform = new ConsentPlatform(await app.getUrl(), app, database, codes, logs, '');
    platform.effect = written;
    return platform;
  } catch (error) {
    await database.drop();
    throw error;
  }
}

function providing(port: abstract new () => object, useValue: object): Type {
  const providers = [{ provide: port, useValue }];
  @Global()
  @Module({ providers, exports: providers })
  class PortModule {}
  return PortModule;
}

const CONSENT = 'scope purpose standing since business { id displayName }';

/** One of the four mutations. */
export async function change(
  { api }: TestPerson,
  action: 'stop' | 'allow' | 'block' | 'unblock',
  input: { business?: string; purpose?: string } = {},
): Promise<any> {
  const type = `${action.charAt(0).toUpperCase()}${action.slice(1)}Input`;
  const answer = await api.do(
    `mutation ($input: ${type}!) { ${action}(input: $input) { eventId consent { ${CONSENT} } } }`,
    { input },
  );
  return answer[action];
}

/** All that stands of a person. */
export async function consentsOf({ api }: TestPerson): Promise<any[]> {
  const { consents } = await api.do(`{ consents(first: 100) { nodes { ${CONSENT} } } }`);
  return consents.nodes;
}
