import pg from 'pg';
import { RecordStop } from '@assent/consent';
import { DispatchMessages } from '@assent/messaging';
import { parsePublicId } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aCrowd, type CrowdMember } from '../support/builders/crowd.js';
import { aMessage, send, sendAll } from '../support/builders/messaging.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const WORKERS = 20;
/** A quarter of them is for finding out who asks; workers and twelve requests at a time share the others. */
const CONNECTIONS = Math.ceil(((WORKERS + 12) * 4) / 3);
/** Workers that look for work when some was accepted. */
const WOKEN = 5;
const BUSINESSES = 5;
/** Of one business: service and then all of it; but of the last the purpose everywhere, and then everything. */
const STOPS_EACH = 2 * BUSINESSES;
/** Stops whose messages are sent together. */
const PACK = 40;
const STOPPERS = 4;
const SPIN_EVERY = 25;
const SPIN_MS = 50;

/** One stop, and a message that it covers and no stop before it does. */
interface Turn {
  business: TestBusiness;
  contact: string;
  purpose: 'SERVICE' | 'AUTHENTICATION';
  person: CrowdMember;
  scope: { businessId: string | null; purpose: 'SERVICE' | null };
}

/** How a race went. */
export interface Race {
  stops: number;
  /** How long each stop took, in milliseconds, in the order in which they ended. */
  latencies: number[];
  /** Operations that failed; only with a planted fault may any. */
  failures: number;
  /** How many times longer than alone a computation took meanwhile, because others compute on this machine. */
  slowness: number;
}

/** Five businesses and people whom they message, on a platform whose dispatch runs when a race does. */
export class RacingDispatch {
  private readonly idle: (() => void)[] = [];

  private constructor(
    readonly platform: TestPlatform,
    private readonly businesses: TestBusiness[],
  ) {}

  static async start(): Promise<RacingDispatch> {
    const platform = await startPlatform(
      { DATABASE_POOL_SIZE: String(CONNECTIONS), REACH_TIERS: '10000,20000,30000,40000' },
      { worker: false },
    );
    const businesses = await Promise.all(Array.from({ length: BUSINESSES }, () => aBusiness(platform)));
    return new RacingDispatch(platform, businesses);
  }

  /**
   * Each of so many new people stops ten times, narrower scopes before wider ones, in packs: what a pack's stops cover
   * is being accepted and dispatched while they come. Ends when every stop was made and the queue is empty.
   */
  async run(people: number): Promise<Race> {
    const packs = this.packs(await aCrowd(this.platform, people, this.businesses));
    const race: Race = { stops: people * STOPS_EACH, latencies: [], failures: 0, slowness: 0 };
    const spins: number[] = [];
    const ended = new AbortController();
    const workers = Array.from({ length: WORKERS }, () => this.work(ended.signal));
    for (const [at, pack] of packs.entries()) {
      // Between packs: it would hold up whatever was under way.
      if (at % SPIN_EVERY === 0) spins.push(slowness());
      await this.chase(pack, race);
    }
    ended.abort();
    this.wake(WORKERS);
    await Promise.all(workers);
    race.slowness = spins.reduce((sum, spin) => sum + spin) / spins.length;
    return race;
  }

  /**
   * A person stops everything while a message to them is being accepted: the send holds their guard and waits for that
   * of its business, and the stop waits for the send.
   */
  async stopMeetsSend(): Promise<void> {
    const [business] = this.businesses as [TestBusiness];
    const sender = this.platform.business(business.apiKey);
    const [first, person] = (await aCrowd(this.platform, 2, [business])) as [CrowdMember, CrowdMember];
    await send(sender, first.contacts[0]!); // from then on the business has a guard
    const client = new pg.Client({ connectionString: this.platform.database.appUrl });
    await client.connect();
    await client.query('BEGIN; SET LOCAL ROLE assent_engine');
    await client.query('SELECT FROM business_guard WHERE business_id = $1 FOR UPDATE', [
      parsePublicId('biz', business.id),
    ]);
    const sent = send(sender, person.contacts[0]!);
    await this.waiting(1);
    const stopped = this.platform.app
      .get(RecordStop, { strict: false })
      .execute(person, { businessId: null, purpose: null }, 'app');
    await this.waiting(2);
    await client.end();
    await Promise.all([sent, stopped]);
  }

  /** Waits until so many statements wait for a lock. */
  private async waiting(statements: number): Promise<void> {
    await until(`${statements} wait for a lock`, async () => {
      const [row] = await this.platform.database.sql<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return row?.waiting === statements;
    });
  }

  private packs(crowd: CrowdMember[]): Turn[][] {
    const last = BUSINESSES - 1;
    const others = Array.from({ length: last }, (_, at) => at);
    const stages: { at: number[]; purpose: 'SERVICE' | null }[] = [
      { at: others, purpose: 'SERVICE' },
      { at: others, purpose: null },
      { at: [last], purpose: 'SERVICE' },
      { at: [last], purpose: null },
    ];
    return stages.flatMap(({ at, purpose }) =>
      shuffled(
        at.flatMap((one) => {
          const turns = shuffled(crowd.map((person) => this.turn(one, purpose, person)));
          return Array.from({ length: Math.ceil(turns.length / PACK) }, () => turns.splice(0, PACK));
        }),
      ),
    );
  }

  private turn(at: number, purpose: 'SERVICE' | null, person: CrowdMember): Turn {
    const business = this.businesses[at]!;
    const businessId = at < BUSINESSES - 1 ? (parsePublicId('biz', business.id) ?? null) : null;
    return {
      business,
      contact: person.contacts[at]!,
      purpose: purpose ?? 'AUTHENTICATION',
      person,
      scope: { businessId, purpose },
    };
  }

  private async chase(pack: Turn[], race: Race): Promise<void> {
    const done = (work: Promise<unknown>) => work.catch(() => race.failures++);
    const { apiKey } = pack[0]!.business;
    const messages = pack.map(({ contact, purpose }) => aMessage(contact, { purpose }));
    const sent = done(sendAll(this.platform.business(apiKey), messages)).then(() => this.wake(WOKEN));
    // Most stops meet their message queued or on its way to the inbox; the others while it is being accepted.
    if (Math.random() < 0.8) await sent;
    const stops = this.platform.app.get(RecordStop, { strict: false });
    const stopper = async () => {
      for (let turn = pack.pop(); turn; turn = pack.pop()) {
        const from = performance.now();
        await done(stops.execute(turn.person, turn.scope, 'app'));
        race.latencies.push(performance.now() - from);
      }
    };
    await Promise.all([sent, ...Array.from({ length: STOPPERS }, stopper)]);
  }

  /** One dispatch loop, as a worker has it. */
  private async work(signal: AbortSignal): Promise<void> {
    const dispatch = this.platform.app.get(DispatchMessages, { strict: false });
    for (;;) {
      while (await dispatch.execute());
      if (signal.aborted) return;
      await new Promise<void>((resolve) => this.idle.push(resolve));
    }
  }

  /** All of them share the processor of this process with the stops, so only some are woken at a time, in turns. */
  private wake(workers: number): void {
    for (const wake of this.idle.splice(0, workers)) wake();
  }
}

function shuffled<Item>(items: Item[]): Item[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
  return items;
}

/** Wall time by CPU time of a computation. */
function slowness(): number {
  const from = performance.now();
  const cpu = process.cpuUsage();
  while (performance.now() - from < SPIN_MS);
  const { user, system } = process.cpuUsage(cpu);
  return (performance.now() - from) / ((user + system) / 1_000);
}
