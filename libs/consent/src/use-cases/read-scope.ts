import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { BusinessProfiles } from '@assent/accounts';
import { BadInputError, parseInput, parsePublicId } from '@assent/platform';
import type { ConsentScope } from '../domain/consent-fact.js';
import { PURPOSES } from '../domain/purpose.js';

const RULE = 'must be the id of a business';

const schema = z.object({
  business: z
    .string()
    .transform((text) => parsePublicId('biz', text))
    .refine((id) => id !== undefined, RULE)
    .nullish(),
  purpose: z.enum(PURPOSES, 'must be a purpose').nullish(),
});

const MANY = 'must hold 1 to 50 scopes';
const manySchema = z.object({ scopes: z.array(schema).min(1, MANY).max(50, MANY) });

/** Reads the scope that an input names; nothing named means everything. */
@Injectable()
export class ReadScope {
  constructor(private readonly profiles: BusinessProfiles) {}

  /** @throws BadInputError where there is no such business */
  async execute(input: { business?: string | null; purpose?: string | null }): Promise<ConsentScope> {
    const { business, purpose } = parseInput(schema, input);
    if (business && !(await this.profiles.byIds([business])).has(business)) {
      throw new BadInputError([{ field: 'input.business', rule: RULE }]);
    }
    return { businessId: business ?? null, purpose: purpose ?? null };
  }

  /** 1 to 50 scopes, in their order. @throws BadInputError naming every scope of which there is no such business */
  async all(input: unknown): Promise<ConsentScope[]> {
    const { scopes } = parseInput(manySchema, input);
    const known = await this.profiles.byIds([...new Set(scopes.flatMap(({ business }) => business ?? []))]);
    const faults = scopes.flatMap(({ business }, at) =>
      business && !known.has(business) ? [{ field: `input.scopes[${at}].business`, rule: RULE }] : [],
    );
    if (faults.length > 0) throw new BadInputError(faults);
    return scopes.map(({ business, purpose }) => ({
      businessId: business ?? null,
      purpose: purpose ?? null,
    }));
  }
}
