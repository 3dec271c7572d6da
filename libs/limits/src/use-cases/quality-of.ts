import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { type Quality, QualityStore } from '../persistence/quality.store.js';

export type { Quality };

/** For other libraries: what was last judged of businesses and templates, within a transaction of theirs. */
@Injectable()
export class QualityOf {
  constructor(private readonly store: QualityStore) {}

  /**
   * Judgements by the id of a business or of a template, in the role `engine`, `admin`, or of the business itself. Who is
   * not in it was never judged, which is the same as UNKNOWN.
   */
  bySubjects(tx: Transaction, ids: readonly string[]): Promise<Map<string, Quality>> {
    return this.store.bySubjects(tx, ids);
  }
}
