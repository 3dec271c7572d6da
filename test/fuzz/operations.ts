import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { anyValue, broken, happens, pick, type Pool } from './values.js';

/** A request as a fuzzer sends it: the body, and what it is about. */
export interface FuzzedRequest {
  body: string;
  /** Root fields that it asks for, when it is to be valid. */
  fields: string[];
  /** Whether the schema takes it; what the rules of inputs say of it is another thing. */
  valid: boolean;
}

/** End the session that asks, so that the rest would be one refusal only. Tokens that ended are attacked elsewhere. */
const ENDS_SESSION = new Set(['signOut', 'eraseMe']);
const NASTINESS = [0, 0.1, 0.1, 0.5];
const DEEPEST = 4;

/** A random request for one of the endpoints; `only` says of which fields. */
export function anyRequest(
  all: Omit<Pool, 'nasty'>,
  schema: GraphQLSchema,
  only?: ReadonlySet<string>,
): FuzzedRequest {
  const pool = { ...all, nasty: NASTINESS[Math.floor(all.random() * NASTINESS.length)] ?? 0 };
  const valid = happens(pool, 0.7);
  const wrong = valid ? 0 : 0.1;
  const type = happens(pool, 0.5) && !only ? schema.getMutationType() : schema.getQueryType();
  const known = Object.values(type?.getFields() ?? {}).filter(
    ({ name }) => !ENDS_SESSION.has(name) && (only?.has(name) ?? true),
  );
  const writer = new Writer(pool, schema, wrong);
  const count = happens(pool, 0.9) ? 1 : 2 + Math.floor(pool.random() * 3);
  const fields = Array.from({ length: count }, () => pick(pool, known));
  const selections = fields.map((field, at) => `f${at}: ${writer.field(field, DEEPEST)}`);
  const kind = type === schema.getMutationType() ? 'mutation' : 'query';
  let query = `${kind} Fuzz${writer.declared()} { ${selections.join(' ')} }`;
  if (!valid) for (let times = Math.floor(pool.random() * 3); times > 0; times--) query = broken(pool, query);
  let body = JSON.stringify({ query, variables: writer.variables });
  if (!valid && happens(pool, 0.2)) body = broken(pool, body);
  return { body, fields: fields.map(({ name }) => `${kind} ${name}`), valid };
}

/** Writes fields with arguments, each by a variable, and a random part of what they can answer. */
class Writer {
  readonly variables: Record<string, unknown> = {};
  private readonly types: GraphQLInputType[] = [];

  constructor(
    private readonly pool: Pool,
    private readonly schema: GraphQLSchema,
    private readonly wrong: number,
  ) {}

  declared(): string {
    const all = this.types.map((type, at) => `$v${at}: ${String(type)}`);
    return all.length > 0 ? ` (${all.join(', ')})` : '';
  }

  field({ name, args, type }: GraphQLField<unknown, unknown>, depth: number): string {
    const given = args.filter((arg) => isRequiredArgument(arg) || happens(this.pool, 0.4));
    const values = given.map((arg) => `${arg.name}: ${this.variable(arg.type, arg.name)}`);
    return `${name}${values.length > 0 ? `(${values.join(', ')})` : ''} ${this.selection(type, depth)}`;
  }

  private variable(type: GraphQLInputType, name: string): string {
    const at = this.types.push(type) - 1;
    this.variables[`v${at}`] = anyValue(this.pool, type, name, this.wrong);
    return `$v${at}`;
  }

  private selection(type: GraphQLOutputType, depth: number): string {
    const named = getNamedType(type);
    if (isLeafType(named)) return '';
    if (isAbstractType(named)) {
      const members = this.schema.getPossibleTypes(named);
      const inner = members.map((member) => `... on ${member.name} ${this.selection(member, depth)}`);
      return `{ __typename ${inner.join(' ')} }`;
    }
    if (!isObjectType(named)) return '';
    const fields = Object.values(named.getFields()).filter(
      (field) => (depth > 0 || isLeafType(getNamedType(field.type))) && happens(this.pool, 0.7),
    );
    // Members of a union disagree about fields of one name.
    const inner = fields.map((field) => `${named.name}_${field.name}: ${this.field(field, depth - 1)}`);
    return `{ __typename ${inner.join(' ')} }`;
  }
}
