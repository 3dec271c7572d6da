import { Injectable } from '@nestjs/common';
import { inTurns, parseInput } from '@assent/platform';
import { ImportBatch, type ImportResult, MOST_IN_BATCH, unfitResults } from './import-batch.js';
import { type CheckedOptIn, itemsSchema, optInSchema } from './import-input.js';
import type { UnfitStatus } from './match-contacts.js';

/** The answer to a call: one for each opt-in in order, or what the business is that may not import. */
export type ImportOutcome = { results: ImportResult[] } | { unfit: UnfitStatus };

/** Imports opt-ins that people gave a business elsewhere. */
@Injectable()
export class ImportConsents {
  constructor(private readonly batch: ImportBatch) {}

  /**
   * 1 to 10,000 opt-ins, answered in order. Each is done or not, whatever becomes of the others: the call is no
   * transaction, and sent again it goes on where it was interrupted.
   * @throws BadInputError: then none was imported
   */
  async execute(businessId: string, items: unknown): Promise<ImportOutcome> {
    const optIns: CheckedOptIn[] = [];
    let at = 0;
    await inTurns(parseInput(itemsSchema, items, 'input.items'), (item) => {
      optIns.push(parseInput(optInSchema, item, `input.items[${at++}]`));
    });
    const results: ImportResult[] = [];
    for (let from = 0; from < optIns.length; from += MOST_IN_BATCH) {
      const outcome = await this.batch.execute(businessId, optIns.slice(from, from + MOST_IN_BATCH));
      if ('results' in outcome) results.push(...outcome.results);
      else if (from === 0) return outcome;
      else return { results: [...results, ...unfitResults(optIns.slice(from), outcome.unfit)] };
    }
    return { results };
  }
}
