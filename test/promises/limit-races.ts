import { parsePublicId } from '@assent/platform';
import { clockAt } from '../consent/policy-clock.js';
import type { Fault, RacingProcesses } from '../processes/racing-processes.js';
import { aBusiness, anUnverifiedBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aCrowd, type CrowdMember } from '../support/builders/crowd.js';
import { setLimit } from '../support/builders/limits.js';
import { matchAll, send, wasAccepted } from '../support/builders/messaging.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import { EVERY_OTHER, publishPolicy } from '../support/builders/policy.js';
import { GraphQLClient } from '../support/graphql-client.js';
import { until } from '../support/until.js';

/** Connections that ask at the same time, spread over the processes. */
export const CONNECTIONS = 64;
/** What most limits let pass here. */
export const MOST = 8;
/** What is set to that for the first businesses, each by its place; those that send to one person stand behind them. */
const LIMITED = ['REACH_PLACES', 'THROUGHPUT', 'PAIR_BURST', 'MATCH_DAILY', 'TEMPLATE_SAMPLE'];
export const [REACH, THROUGHPUT, PAIR, MATCH, SAMPLE, SENDER] = [0, 1, 2, 3, 4, 5];
export const SENDERS = 8;
export const DAILY_CAP = 4;
export const WEEKLY_CAP = 3;
const MOST_TEMPLATES = 1_000;
export const UNITS = 400;

/** What the processes need for the races below. */
export const RACE_SETTINGS = {
  REACH_TIERS: '10000,20000,30000,40000',
  TEMPLATE_SAMPLE: '1000000',
  PAIR_BURST: String(2 * CONNECTIONS),
  PERSON_WRITE_BURST: String(MOST),
  MARKETING_CAP_DAILY: String(DAILY_CAP),
  MARKETING_CAP_WEEKLY: String(WEEKLY_CAP),
  REQUEST_UNITS_MEMBER: String(UNITS),
};

/** What the platform beside them, which arranges everything, needs instead. */
export const BESIDE = { REQUEST_UNITS_MEMBER: '60000' };

/** What a connection asks for. @returns whether it passed */
type Ask = (connection: number) => Promise<boolean>;

/** One limit, and how to race for it. */
export interface LimitRace {
  name: string;
  /** Exactly so much passes; of a limit with a documented bound, at least that. */
  most: number;
  /** The documented bound. */
  bound?: number;
  /** What makes it let more pass. */
  faults: Fault[];
  /** Arranges that nothing of it is used. */
  begin: (races: LimitRaces) => Promise<Ask>;
  /** Where it is what a person sees that counts: whether all of it is dispatched when it is there, or as it comes. */
  dispatched?: 'AT_ONCE' | 'AS_IT_COMES';
}

/** Somebody for each limit who is about to use it up. The clock stands still, so that nothing comes back. */
export class LimitRaces {
  private person = CONNECTIONS;

  private constructor(
    private readonly processes: RacingProcesses,
    private readonly businesses: TestBusiness[],
    private readonly crowd: CrowdMember[],
    readonly writer: TestPerson,
  ) {}

  static async prepare(processes: RacingProcesses): Promise<LimitRaces> {
    const { platform } = processes;
    await clockAt(platform, new Date());
    // Marketing goes to everyone, at any time of the day.
    const purposes = EVERY_OTHER.purposes.map((rule) => ({ ...rule, basis: 'OPT_OUT' as const }));
    await publishPolicy(platform.admin(), [], { rows: [{ ...EVERY_OTHER, purposes }] });
    const businesses = await Promise.all(
      Array.from({ length: LIMITED.length + SENDERS }, () => aBusiness(platform)),
    );
    for (const [at, kind] of LIMITED.entries())
      await setLimit(platform, businesses[at] as TestBusiness, kind, MOST);
    const writer = await aPerson(platform);
    await matchAll(platform.business(businesses[SENDER]?.apiKey), [writer]);
    return new LimitRaces(processes, businesses, await aCrowd(platform, 2 * CONNECTIONS, businesses), writer);
  }

  /** All connections at once. @returns how much passed */
  async race({ begin, dispatched, faults }: LimitRace, { broken = false } = {}): Promise<number> {
    const planted = broken ? faults : [];
    // Slots of throughput that earlier races took lie in the future for good, as the clock stands still.
    if (dispatched !== undefined) await this.sql('UPDATE business_guard SET throughput_tat = NULL');
    const ask = await begin(this);
    this.processes.plant(...(dispatched === 'AT_ONCE' ? (['withoutDispatch'] as const) : planted));
    const passed = await Promise.all(
      Array.from({ length: CONNECTIONS }, (_, at) =>
        ask(at).catch((error: unknown) => {
          // Without locks some fail as well.
          if (!broken) throw error;
          return false;
        }),
      ),
    );
    const count = passed.filter(Boolean).length;
    if (dispatched === undefined) return count;
    if (!broken && count < CONNECTIONS) throw new Error(`Only ${count} of the messages were accepted`);
    this.processes.plant('oneAtATime', ...planted);
    return this.seenOnceDispatched();
  }

  business(at: number): TestBusiness {
    return this.businesses[at] as TestBusiness;
  }

  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]> {
    return this.processes.platform.database.sql<Row>(text, values);
  }

  client(connection: number, audience: 'business' | 'person', token: string): GraphQLClient {
    return new GraphQLClient(`${this.processes.url(connection)}/${audience}/graphql`, token);
  }

  /** One message of a business to somebody of the crowd. */
  async sends(
    connection: number,
    business: number,
    member: number,
    changes: Record<string, unknown> = { whenLimited: 'REFUSE' },
  ): Promise<boolean> {
    const client = this.client(connection, 'business', this.business(business).apiKey);
    return wasAccepted(await send(client, this.contact(member, business), changes));
  }

  /** The handle that a business has of somebody of the crowd. */
  contact(member: number, business: number): string {
    return this.crowd[member]?.contacts[business] as string;
  }

  sendsToPerson(connection: number, purpose: string, sender: number): Promise<boolean> {
    return this.sends(connection, SENDER + sender, this.person, { purpose });
  }

  /** A person who has not seen anything yet. */
  nextPerson(): CrowdMember {
    return this.crowd[++this.person] as CrowdMember;
  }

  /** How many messages the person sees, once none is to be dispatched any more. */
  private async seenOnceDispatched(): Promise<number> {
    const { personId } = this.crowd[this.person] as CrowdMember;
    await until('all messages were dispatched', async () => {
      const [queue] = await this.sql<{ due: number }>(
        'SELECT count(*)::int AS due FROM conversation_queue WHERE person_id = $1 AND due_at <= assent_now()',
        [personId],
      );
      return queue?.due === 0;
    });
    const [inbox] = await this.sql<{ seen: number }>(
      'SELECT count(*)::int AS seen FROM inbox_entry WHERE person_id = $1',
      [personId],
    );
    return inbox?.seen ?? 0;
  }

  /** The session of somebody who has not asked for anything yet. */
  async memberToken(): Promise<string> {
    return (await anUnverifiedBusiness(this.processes.platform)).token;
  }

  /** All templates that a business may have but some. */
  async almostAllTemplates({ id }: TestBusiness): Promise<void> {
    await this.sql(`DELETE FROM template WHERE business_id = $1 AND name NOT LIKE 'any-%'`, [
      parsePublicId('biz', id),
    ]);
    await this.sql(
      `INSERT INTO template (id, business_id, name, purpose, created_at)
        SELECT gen_random_uuid(), $1, 'one-' || nr, 'SERVICE', assent_now()
        FROM generate_series(1, $2 - (SELECT count(*) FROM template WHERE business_id = $1)) AS nr`,
      [parsePublicId('biz', id), MOST_TEMPLATES - MOST],
    );
  }
}
