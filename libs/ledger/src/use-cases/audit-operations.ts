import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import {
  Database,
  Refusal,
  type RequestContext,
  type SchemaWrapper,
  type Transaction,
  type Viewer,
} from '@assent/platform';
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
} from 'graphql';
import type { Act, ActDetail, ActorKind } from '../domain/act.js';
import { keptReason, subjectsOf } from '../domain/describe-act.js';
import { RecordActs } from './record-acts.js';

/** What the audit log keeps of an audience's operations, besides all mutations. */
export interface AuditRules {
  /** Mutations that it does not keep, and why. */
  unlogged: Readonly<Record<string, string>>;
  /** Mutations that wait for somebody else's server between transactions, and record themselves in the last one. */
  apart: readonly string[];
  /** Queries that show what persons wrote. */
  disclosing: readonly string[];
}

type Resolve = () => Promise<unknown>;
/** An act that is about to be done, as far as its request tells. */
type AskedAct = Omit<Act, 'outcome' | 'refusal' | 'subjects' | 'subjectCount'> & { asked: readonly string[] };
interface Pending {
  act: AskedAct;
  recorded: boolean;
}

const KINDS: Readonly<Record<string, ActorKind>> = { admin: 'ADMIN', key: 'API_KEY', member: 'MEMBER' };
type Field = GraphQLField<unknown, RequestContext, Record<string, unknown>>;
const TELLING = new Set(['Boolean', 'DateTime', 'Int']);
const REASONS = ['reason', 'note'];

/**
 * Records what viewers do at an endpoint, in the transaction that does it: around each mutation's resolver, so that a new one
 * is recorded without a word. What it costs stands outside of operations that are not logged.
 */
@Injectable()
export class AuditOperations implements SchemaWrapper {
  private readonly pending = new AsyncLocalStorage<Pending>();

  constructor(
    private readonly database: Database,
    private readonly acts: RecordActs,
  ) {}

  wrap(schema: GraphQLSchema, { unlogged, apart, disclosing }: AuditRules): GraphQLSchema {
    for (const field of Object.values<Field>(schema.getMutationType()?.getFields() ?? {})) {
      if (field.name in unlogged) continue;
      wrap(field, apart.includes(field.name) ? this.apart : this.whole);
    }
    for (const name of disclosing) {
      const field: Field | undefined = schema.getQueryType()?.getFields()[name];
      if (!field) throw new Error(`There is no query ${name} that could be audited`);
      wrap(field, this.whole);
    }
    return schema;
  }

  /** For a mutation that records itself: as done, in the transaction that does it, as the last thing of that. */
  async recordDone(tx: Transaction, subjects: readonly string[] = []): Promise<void> {
    const pending = this.pending.getStore();
    if (!pending) return;
    await this.acts.within(tx, done(pending.act, subjects));
    pending.recorded = true;
  }

  /** Says more of the operation under way than its request does: names, numbers and ids that no person chose. */
  addDetails(details: Readonly<Record<string, ActDetail>>): void {
    const pending = this.pending.getStore();
    if (pending) pending.act = { ...pending.act, details: { ...pending.act.details, ...details } };
  }

  /** One transaction around all that the operation does, and its record. */
  private readonly whole: Around = async (act, wasReplayed, resolve) => {
    const pending = { act, recorded: false };
    try {
      return await this.database.whole({ role: 'engine' }, async (tx) => {
        const answer = await this.pending.run(pending, resolve);
        if (!wasReplayed()) await this.acts.within(tx, outcomeOf(pending.act, answer));
        return answer;
      });
    } catch (error) {
      await this.recordForbidden(act, error);
      throw error;
    }
  };

  private readonly apart: Around = async (act, wasReplayed, resolve) => {
    const pending = { act, recorded: false };
    try {
      const answer = await this.pending.run(pending, resolve);
      if (!pending.recorded && !wasReplayed()) await this.acts.alone(outcomeOf(pending.act, answer));
      return answer;
    } catch (error) {
      await this.recordForbidden(act, error);
      throw error;
    }
  };

  /** Who tries what they may not do is on record; requests that are merely wrong are not. */
  private async recordForbidden(act: AskedAct, error: unknown): Promise<void> {
    const code = (error as { extensions?: { code?: unknown } }).extensions?.code;
    if (code === 'FORBIDDEN') await this.acts.alone(refused(act, 'FORBIDDEN'));
  }
}

type Around = (act: AskedAct, wasReplayed: () => boolean, resolve: Resolve) => Promise<unknown>;

function wrap(field: Field, around: Around): void {
  const { resolve } = field;
  if (!resolve) throw new Error(`${field.name} has no resolver`);
  field.resolve = (source, args: Record<string, unknown>, context, info: GraphQLResolveInfo) => {
    const run: Resolve = async () => resolve(source, args, context, info);
    const act = context.viewer && describe(context.viewer, field, args);
    if (!act) return run();
    return around(act, () => context.replayed?.includes(String(info.path.key)) ?? false, run);
  };
}

function describe(
  { ledgerId, subject }: Viewer,
  { name, args: declared }: Pick<GraphQLField<unknown, unknown>, 'name' | 'args'>,
  args: Record<string, unknown>,
): AskedAct | undefined {
  const actorKind = KINDS[subject.kind];
  if (!ledgerId || !actorKind) return undefined;
  const asked: string[] = [];
  const details: Record<string, ActDetail> = {};
  const reasons: unknown[] = [];
  read(declared.filter(tells), args, (field, value) => {
    const type = getNamedType(field.type);
    if (type.name === 'ID') asked.push(String(value));
    else if (REASONS.includes(field.name)) reasons.push(value);
    else note(details, field.name, value);
  });
  return {
    ledger: ledgerId,
    actorKind,
    actorId: subject.id,
    name,
    asked,
    details,
    reason: keptReason(reasons[0]),
  };
}

type Given = GraphQLArgument | GraphQLInputField;

/** Walks what was given by what the schema says of it, where that has anything to tell. */
function read(
  declared: readonly Given[],
  given: Record<string, unknown>,
  take: (field: Given, value: unknown) => void,
): void {
  for (const field of declared) {
    const type: GraphQLInputType = getNamedType(field.type);
    const values = given[field.name];
    for (const value of Array.isArray(values) ? (values as unknown[]) : [values]) {
      if (value === null || value === undefined) continue;
      if (isInputObjectType(type)) read(tellingFields(type), value as Record<string, unknown>, take);
      else take(field, value);
    }
  }
}

const tellingOf = new WeakMap<GraphQLInputObjectType, readonly GraphQLInputField[]>();

/** Found once: a list may have ten thousand items of a type, and most types tell nothing. */
function tellingFields(type: GraphQLInputObjectType): readonly GraphQLInputField[] {
  let fields = tellingOf.get(type);
  if (!fields) {
    fields = Object.values(type.getFields()).filter(tells);
    tellingOf.set(type, fields);
  }
  return fields;
}

function tells(field: Given): boolean {
  const type = getNamedType(field.type);
  if (isInputObjectType(type)) return tellingFields(type).length > 0;
  return type.name === 'ID' || REASONS.includes(field.name) || isEnumType(type) || TELLING.has(type.name);
}

const MOST_DETAILS = 40;

/** The first value of a name; a list keeps all of its own. */
function note(details: Record<string, ActDetail>, name: string, value: unknown): void {
  // The operation itself refuses it.
  if (value instanceof Date && Number.isNaN(value.getTime())) return;
  const kept = value instanceof Date ? value.toISOString() : (value as string | number | boolean);
  const earlier = details[name];
  if (earlier === undefined && Object.keys(details).length >= MOST_DETAILS) return;
  if (earlier === undefined) details[name] = kept;
  else if (Array.isArray(earlier)) {
    if (earlier.length < MOST_DETAILS) details[name] = [...(earlier as string[]), String(kept)];
  } else details[name] = [String(earlier), String(kept)];
}

function outcomeOf(act: AskedAct, answer: unknown): Act {
  return answer instanceof Refusal ? refused(act, answer.reason, answer) : done(act, [], answer);
}

function done({ asked, ...act }: AskedAct, more: readonly string[], answer?: unknown): Act {
  return { ...act, ...subjectsOf([...asked, ...more], answer), outcome: 'DONE', refusal: null };
}

function refused({ asked, ...act }: AskedAct, reason: string, answer?: Refusal): Act {
  return { ...act, ...subjectsOf(asked, answer), outcome: 'REFUSED', refusal: reason };
}
