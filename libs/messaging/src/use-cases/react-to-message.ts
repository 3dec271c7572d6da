import { Injectable } from '@nestjs/common';
import { type BusinessViewer, Refused } from '@assent/accounts';
import type { PersonViewer } from '@assent/people';
import { BadInputError, Database, Handles, type Transaction } from '@assent/platform';
import { readEmoji } from '../domain/emoji.js';
import { judgeReaction, type ReactionSide } from '../domain/reaction.js';
import { REACTION_REASONS, type ReactionReason } from '../domain/reaction-reasons.js';
import { type Reason, REASONS } from '../domain/reasons.js';
import { type AskedDraft, factsOf, partiesOf } from '../domain/situation.js';
import { ContentVault } from '../persistence/content-vault.js';
import { BEGIN_DECIDING } from '../persistence/kill-switch-lock.js';
import { type ReactedMessage, ReactionStore } from '../persistence/reaction.store.js';
import { SituationLoader } from '../persistence/situation.loader.js';
import { REACTION } from './read-reactions.js';

/** A reaction as it now is; the emoji is null where there is none. */
export interface Reacted {
  emoji: string | null;
  changed: boolean;
}

export type ReactionRefused = Refused<ReactionReason | Reason>;

/** One side of a conversation reacts to a message with an emoji, with another one, or no longer. */
@Injectable()
export class ReactToMessage {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly store: ReactionStore,
    private readonly loader: SituationLoader,
    private readonly vault: ContentVault,
  ) {}

  /** @throws BadInputError where the emoji is none */
  asPerson(
    { personId }: PersonViewer,
    handle: string,
    emoji: string | null,
  ): Promise<Reacted | ReactionRefused> {
    const asked = emojiOf(emoji);
    const id = this.handles.open(`person:${personId}`, 'msg', handle);
    return this.database.transaction({ role: 'engine' }, async (tx) => {
      const message = id && (await this.store.lockAndLoad(tx, id, { personId }));
      if (!message) return refusedFor('MESSAGE_UNKNOWN');
      if (message.blockedByBusiness && asked !== null) return refusedFor('BLOCKED_BY_BUSINESS');
      return this.record(tx, message, 'PERSON', asked);
    });
  }

  /** Where the business may answer in its own words. @throws BadInputError where the emoji is none */
  asBusiness(
    { businessId }: BusinessViewer,
    handle: string,
    emoji: string | null,
  ): Promise<Reacted | ReactionRefused> {
    const asked = emojiOf(emoji);
    const id = this.handles.open(`business:${businessId}`, 'msg', handle);
    return this.database.transaction({ role: 'engine' }, async (tx) => {
      // The first is sent first, and so held before the guard is.
      const [, message] = await Promise.all([
        tx.run(BEGIN_DECIDING),
        id && this.store.lockAndLoad(tx, id, { businessId }),
      ]);
      if (!message) return refusedFor('MESSAGE_UNKNOWN');
      return (await this.objection(tx, message, asked)) ?? this.record(tx, message, 'BUSINESS', asked);
    });
  }

  /** By what sending loads, in statements behind the guard: a stop, or a kill switch, that this waited for is seen. */
  private async objection(
    tx: Transaction,
    { businessId, contactId }: ReactedMessage,
    emoji: string | null,
  ): Promise<ReactionRefused | undefined> {
    const draft: AskedDraft = { businessId, contactId, purpose: 'SERVICE', whenLimited: 'REFUSE' };
    const situation = await this.loader.load(tx, [{ ...draft, mayBeMarketing: false }]);
    const decision = judgeReaction(emoji, factsOf(draft, partiesOf(draft, situation), situation));
    if (decision.outcome === 'ALLOWED') return undefined;
    const { reason } = decision;
    const passes = decision.outcome === 'DEFERRED' ? decision.until : decision.retryAt;
    return new Refused(reason, REASONS[reason].message, passes);
  }

  private async record(
    tx: Transaction,
    message: ReactedMessage,
    side: ReactionSide,
    emoji: string | null,
  ): Promise<Reacted> {
    const earlier = await this.store.of(tx, message, side);
    const before = earlier ? this.vault.open(message.id, earlier.content, REACTION[side]) : null;
    if (before === emoji) return { emoji, changed: false };
    const content = emoji === null ? null : this.vault.seal(message, message.id, emoji, REACTION[side]);
    await this.store.set(tx, message, side, content);
    return { emoji, changed: true };
  }
}

function emojiOf(text: string | null): string | null {
  const emoji = text === null ? null : readEmoji(text);
  if (emoji === undefined) throw new BadInputError([{ field: 'input.emoji', rule: 'must be one emoji' }]);
  return emoji;
}

function refusedFor(reason: ReactionReason): ReactionRefused {
  return new Refused(reason, REACTION_REASONS[reason].message);
}
