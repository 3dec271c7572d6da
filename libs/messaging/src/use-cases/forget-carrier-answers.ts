import { Injectable } from '@nestjs/common';
import { CarrierAnswerStore } from '../persistence/carrier-answer.store.js';

const BATCH = 1_000;
const MOST_BATCHES = 1_000;

/** Removes what carriers were answered more than a day ago; for the worker, every hour. */
@Injectable()
export class ForgetCarrierAnswers {
  constructor(private readonly answers: CarrierAnswerStore) {}

  /** In short transactions, up to a million a call. @returns how many it removed */
  async execute(): Promise<number> {
    let removed = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const gone = await this.answers.forget(BATCH);
      removed += gone;
      if (gone < BATCH) break;
    }
    return removed;
  }
}
