import { Injectable } from '@nestjs/common';
import { Database, Handles, Hints, parseInput } from '@assent/platform';
import { z } from 'zod';
import { type Cancelling, decideCancelling } from '../domain/cancelling.js';
import { CancelStore } from '../persistence/cancel.store.js';

const COUNT_RULE = 'must hold 1 to 1,000 ids';
const ID_RULE = 'must be the id of a message';

const oneSchema = z.object({ message: z.string().max(60, ID_RULE) });
const manySchema = z.object({
  messages: z.array(z.string().max(60, ID_RULE)).min(1, COUNT_RULE).max(1_000, COUNT_RULE),
});

/** What became of one message that was to be taken back. */
export interface CancelAnswer {
  message: string;
  cancelling: Cancelling;
}

/** Takes messages back that nobody can see yet: lock, load, decide, record. */
@Injectable()
export class CancelMessages {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly hints: Hints,
    private readonly store: CancelStore,
  ) {}

  /** @throws BadInputError */
  async one(businessId: string, input: z.input<typeof oneSchema>): Promise<CancelAnswer> {
    const { message } = parseInput(oneSchema, input);
    const [answer] = await this.cancel(businessId, [message]);
    if (!answer) throw new Error('A message was left without an answer');
    return answer;
  }

  /** 1 to 1,000 messages in one transaction, answered in order. @throws BadInputError */
  many(businessId: string, input: z.input<typeof manySchema>): Promise<CancelAnswer[]> {
    return this.cancel(businessId, parseInput(manySchema, input).messages);
  }

  private async cancel(businessId: string, handles: readonly string[]): Promise<CancelAnswer[]> {
    const ids = handles.map((handle) => this.handles.open(`business:${businessId}`, 'msg', handle));
    const answers = await this.database.transaction({ role: 'engine' }, async (tx) => {
      const known = [...new Set(ids.filter((id) => id !== undefined))];
      const found = known.length > 0 ? await this.store.lockAndLoad(tx, businessId, known) : [];
      const statuses = new Map(found.map(({ id, status }) => [id, status]));
      const answers = ids.map((id, at): CancelAnswer => {
        const cancelling = decideCancelling(id === undefined ? undefined : statuses.get(id));
        // The next one that names the same message meets it as it is now.
        if (id !== undefined && cancelling.outcome === 'CANCEL') statuses.set(id, 'CANCELLED');
        return { message: handles[at] ?? '', cancelling };
      });
      const taken = ids.filter((id, at) => id !== undefined && answers[at]?.cancelling.outcome === 'CANCEL');
      await this.store.cancel(
        tx,
        taken.filter((id) => id !== undefined),
      );
      return answers;
    });
    if (answers.some(({ cancelling }) => cancelling.outcome === 'CANCEL'))
      this.hints.send([`business:${businessId}`]);
    return answers;
  }
}
