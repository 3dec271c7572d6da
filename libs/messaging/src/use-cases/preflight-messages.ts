import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { BadInputError, Database, Handles, LOOK_UPS, parseInput } from '@assent/platform';
import { z } from 'zod';
import { type Foreseen, foresee, PreflightOrder } from '../domain/preflight.js';
import { SituationLoader } from '../persistence/situation.loader.js';
import { draftSchema, timesOf, wordingOf } from './message-input.js';
import { inOtherMode } from './other-mode.js';
import { WriteDrafts } from './write-drafts.js';

const LONGEST_AHEAD_MS = 35 * 24 * 60 * 60 * 1_000;
const AHEAD = 'must be a time at most 35 days ahead';

const schema = z.object({
  messages: z
    .array(draftSchema)
    .min(1, 'must hold 1 to 1,000 messages')
    .max(1_000, 'must hold 1 to 1,000 messages'),
  at: z.date(AHEAD).nullish(),
  order: z.enum(PreflightOrder, 'must be IN_SEQUENCE or EACH_ALONE').default('IN_SEQUENCE'),
});

/** What sending would answer, and the time as of which. */
export interface Preflight {
  at: Date;
  foreseen: Foreseen[];
}

/** Says what sending would answer, now or at a time, and spends nothing: load and decide, without a lock. */
@Injectable()
export class PreflightMessages {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly drafts: WriteDrafts,
    private readonly loader: SituationLoader,
  ) {}

  /** For 1 to 1,000 drafts, answered in order, read in one round trip. @throws BadInputError */
  async execute({ businessId, otherModeId, account }: BusinessViewer, input: unknown): Promise<Preflight> {
    const { messages, at = null, order } = parseInput(schema, input);
    const asked = messages.map((message) => {
      const wording = wordingOf(message);
      return {
        businessId,
        contactId: this.handles.open(`business:${businessId}`, 'ctc', message.contact),
        inOtherMode: inOtherMode(this.handles, otherModeId, message.contact),
        accountId: account.id,
        wording,
        replyTo: message.inReplyTo
          ? { messageId: this.handles.open(`business:${businessId}`, 'msg', message.inReplyTo) }
          : null,
        mayBeMarketing: 'template' in wording,
        whenLimited: message.whenLimited,
        ...timesOf(message),
      };
    });
    const [situation, drafts, now] = await this.database.transaction(LOOK_UPS, (tx) =>
      Promise.all([this.loader.load(tx, asked, at), this.drafts.execute(tx, asked), tx.now()]),
    );
    if (situation.now.getTime() > now.getTime() + LONGEST_AHEAD_MS)
      throw new BadInputError([{ field: 'input.at', rule: AHEAD }]);
    return { at: situation.now, foreseen: foresee(drafts, situation, order) };
  }
}
