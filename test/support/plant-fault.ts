import type { Socket } from 'node:net';
import pg from 'pg';

type Query = (this: pg.Client, query: unknown, ...rest: unknown[]) => unknown;

/**
 * Plants a fault into every statement of this process, those that open a transaction included, until the returned
 * function is called: the proof that a test would notice it. That function throws where no statement was concerned, as when
 * one was written anew, and the fault looks for the old one.
 */
export function plantFault(rewrite: (sql: string) => string): () => void {
  let planted = false;
  const plant = (sql: string) => {
    const faulty = rewrite(sql);
    planted ||= faulty !== sql;
    return faulty;
  };
  const heal = intercept((query, send) => send(rewritten(query, plant)));
  return () => {
    heal();
    if (!planted) throw new Error('The fault was planted into no statement');
  };
}

/** Lets the INSERT fail that begins with `part`: it is into a table that there is not. @returns what heals it */
export function failInsert(part: string): () => void {
  return plantFault((sql) => sql.replace(part, part.replace('INTO', 'INTO there_is_no')));
}

/** Tells of every statement of this process before it is sent, until the returned function is called. */
export function watchStatements(see: (sent: Sent, client: pg.Client) => void): () => void {
  return intercept((query, send, client) => {
    see(sentAs(query), client);
    return send(query);
  });
}

/** Cuts the connection of every statement with `part` in it while that is on its way. @returns what ends it */
export function cutConnectionsAt(part: string): () => void {
  return intercept((query, send, client) => {
    const answer = send(query);
    if (sentAs(query).sql.includes(part)) {
      socketOf(client).destroy();
    }
    return answer;
  });
}

/** What a client writes to and reads from. */
export function socketOf(client: pg.ClientBase): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}

/** Comes between every client of this process and what it sends, until the returned function is called. */
function intercept(
  between: (query: unknown, send: (query: unknown) => unknown, client: pg.Client) => unknown,
): () => void {
  const target = pg.Client.prototype as unknown as { query: Query };
  const sound = target.query;
  target.query = function (this: pg.Client, query: unknown, ...rest: unknown[]) {
    return between(query, (changed) => sound.call(this, changed, ...rest), this);
  };
  return () => {
    target.query = sound;
  };
}

/** A statement as it was sent. */
export interface Sent {
  sql: string;
  /** It is prepared, once for each connection. */
  named: boolean;
}

function sentAs(query: unknown): Sent {
  if (typeof query === 'string') return { sql: query, named: false };
  const { text = '', name } = query as { text?: string; name?: string };
  return { sql: text, named: name !== undefined };
}

function rewritten(query: unknown, rewrite: (sql: string) => string): unknown {
  if (typeof query === 'string') return rewrite(query);
  const { text, values } = query as { text?: string; values?: unknown[] };
  if (text === undefined) return query;
  const faulty = rewrite(text);
  if (faulty === text) return query;
  // Without its name: a sound statement that was prepared before would be used instead.
  return query instanceof pg.Query
    ? Object.assign(query, { text: faulty, name: undefined })
    : { text: faulty, values };
}

/**
 * The statements of the transactions that `work` opens, one transaction after the other. What every process does beside, a
 * few milliseconds later or not, is left out: settling what was asked of it.
 */
export async function sentBy(work: () => Promise<unknown>): Promise<Sent[]> {
  const transactions: Sent[][] = [];
  const open = new Map<pg.Client, Sent[]>();
  const end = watchStatements((sent, client) => {
    if (sent.sql.startsWith('BEGIN')) {
      const begun: Sent[] = [];
      open.set(client, begun);
      transactions.push(begun);
    }
    open.get(client)?.push(sent);
  });
  try {
    await work();
  } finally {
    end();
  }
  return transactions.filter((all) => !all.some(({ sql }) => sql.includes('request_budget'))).flat();
}

/** The same without how they were sent. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  return (await sentBy(work)).map(({ sql }) => sql);
}

/** Every row lock left out. */
export const withoutLocks = (sql: string) => sql.replace(/\sFOR NO KEY UPDATE(?: OF \w+)?/g, '');

/** Every transaction reads as of its first statement. */
export const repeatableRead = (sql: string) =>
  sql.replace(/^BEGIN;/, 'BEGIN ISOLATION LEVEL REPEATABLE READ;');

/** Every claim takes one conversation, so that as many workers as there are decide about one person at once. */
const oneAtATime = (sql: string) => sql.replaceAll('SELECT $1::int', 'SELECT least($1::int, 1)');

/** Nothing is dispatched, until it is healed: then all of it is, at once. */
const withoutDispatch = (sql: string) => sql.replaceAll('SELECT $1::int', 'SELECT least($1::int, 0)');

/** Whatever has been due longest is claimed first, of whomever and whatever it is. */
export const byDueTimeAlone = (sql: string) =>
  sql.startsWith('WITH RECURSIVE now AS')
    ? `WITH due AS (
        SELECT lane, person_id, contact_id FROM conversation_queue
        WHERE parked_at IS NULL AND due_at <= (SELECT assent_now())
          AND (lease_until IS NULL OR lease_until <= (SELECT assent_now()))
        ORDER BY due_at LIMIT $1::int FOR UPDATE SKIP LOCKED
      )
      UPDATE conversation_queue q
      SET lease_until = (SELECT assent_now()) + interval '30 seconds', fence = q.fence + 1
      FROM due WHERE q.lane = due.lane AND q.person_id = due.person_id AND q.contact_id = due.contact_id
        AND num_nulls($2::purpose, $3::purpose, $4::purpose) = 0
      RETURNING q.lane, q.person_id, q.contact_id, q.fence, ARRAY[$5, $6, $7]::uuid[] AS reached, false AS more`
    : sql;

/** Each worker takes its own time between the state of people and their messages. */
const slowly = (sql: string) =>
  sql.replace(
    /^(SELECT q\.lane, [^;]*s\.marketing_unread[^;]*)$/,
    '$1 CROSS JOIN (SELECT pg_sleep(random() * 0.3) OFFSET 0) slow',
  );

/** Several workers dispatch one conversation, and none notices. */
const withoutClaims = (sql: string) =>
  sql
    .replaceAll(' FOR UPDATE SKIP LOCKED', '')
    .replaceAll('AND (q.lease_until IS NULL OR q.lease_until <= (SELECT at FROM now))', '')
    .replaceAll(/ AND q\.fence = \w+\.fence/g, '');

/** A stop does not wait for what is on its way to a carrier. */
export const withoutWaiting = (sql: string) =>
  sql.replace("state = 'HANDING' AND handing_until > (SELECT assent_now())", 'false');

/** What a process took of a budget of requests takes the place of what all of them did. */
const withoutAddingUp = (sql: string) =>
  sql.replace('known.full_at + (excluded.full_at - (SELECT now FROM clock))', 'excluded.full_at');

/** What is answered is not on the disk yet. */
const withoutDurability = (sql: string) =>
  sql.replace(/^BEGIN;/, 'BEGIN; SET LOCAL synchronous_commit = off;');

/** Faults by name, as processes are told of them. */
export const FAULTS = {
  slowly,
  withoutLocks,
  oneAtATime,
  withoutDispatch,
  byDueTimeAlone,
  withoutClaims,
  withoutAddingUp,
  withoutDurability,
};
