import { Injectable } from '@nestjs/common';
import {
  BadInputError,
  Database,
  type IdPrefix,
  type PageArgs,
  parseInput,
  parsePublicId,
  readPage,
  type Scope,
} from '@assent/platform';
import { z } from 'zod';
import { type ActFilter, AuditStore, type SealedAct } from '../persistence/audit.store.js';

const schema = z.object({
  actor: z.string().max(60, 'must have at most 60 characters').nullish(),
  act: z
    .string()
    .regex(/^[A-Za-z]{1,64}$/, 'must be the name of an operation')
    .nullish(),
  subject: z
    .string()
    .regex(/^[a-z]{3}_[0-9a-z-]{20,60}$/, 'must be an id')
    .nullish(),
  since: z.date().nullish(),
  until: z.date().nullish(),
});

/** An act as it is kept. */
export type KeptAct = SealedAct;

/** What a reader asks for. */
export type AskedActs = z.input<typeof schema> & { business?: string | null };

const ACTORS: readonly IdPrefix[] = ['adm', 'mem', 'key'];

/** Reads the audit log. */
@Injectable()
export class ReadActs {
  constructor(
    private readonly database: Database,
    private readonly store: AuditStore,
  ) {}

  /** An admin reads all of it, or what one business did. One more than a page holds, if there is one. @throws BadInputError */
  ofAll(asked: AskedActs, args: PageArgs): Promise<SealedAct[]> {
    const { business, ...rest } = asked;
    const ledger = business ? idOf('business', ['biz'], business) : undefined;
    return this.page({ role: 'admin' }, { ...read(rest), ledger }, args);
  }

  /** A business reads what its members and keys did. @throws BadInputError */
  ofBusiness(businessId: string, asked: AskedActs, args: PageArgs): Promise<SealedAct[]> {
    return this.page({ role: 'business', businessId }, { ...read(asked), ledger: businessId }, args);
  }

  private page(scope: Scope, filter: ActFilter, args: PageArgs): Promise<SealedAct[]> {
    const { first, after } = readPage('auditLog', 'aud', args);
    return this.database.transaction(scope, (tx) => this.store.page(tx, filter, first + 1, after));
  }
}

function read(asked: AskedActs): ActFilter {
  const { actor, act, ...rest } = parseInput(schema, asked, 'filter');
  return { ...rest, name: act, actorId: actor ? idOf('actor', ACTORS, actor) : undefined };
}

function idOf(field: string, prefixes: readonly IdPrefix[], text: string): string {
  const id = prefixes.map((prefix) => parsePublicId(prefix, text)).find(Boolean);
  if (!id)
    throw new BadInputError([
      { field: `filter.${field}`, rule: `must be an id: ${prefixes.join('_…, ')}_…` },
    ]);
  return id;
}
