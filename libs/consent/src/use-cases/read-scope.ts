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
}
