import { Injectable } from '@nestjs/common';
import type { Scope } from '@assent/platform';
import type { ReactionSide, StoredReaction } from '../domain/reaction.js';
import { ContentVault, type Sealed } from '../persistence/content-vault.js';
import { ReactionStore } from '../persistence/reaction.store.js';

/** What the reactions of each side are sealed as: both may stand at one message. */
export const REACTION: Record<ReactionSide, Sealed> = {
  BUSINESS: 'reaction.business',
  PERSON: 'reaction.person',
};

/** A reaction as both sides see it. */
export interface Reaction {
  by: ReactionSide;
  emoji: string;
  at: Date;
}

/** Reads reactions to messages. */
@Injectable()
export class ReadReactions {
  constructor(
    private readonly store: ReactionStore,
    private readonly vault: ContentVault,
  ) {}

  /** By message, for `loaderOf`; what the scope may not read, and what was erased, is left out. */
  async ofMessages(scope: Scope, messageIds: readonly string[]): Promise<Map<string, Reaction[]>> {
    const stored = await this.store.ofMessages(scope, messageIds);
    return new Map([...stored].map(([id, each]) => [id, each.flatMap((one) => this.opened(one))]));
  }

  private opened({ messageId, side, at, content }: StoredReaction): Reaction[] {
    const emoji = this.vault.open(messageId, content, REACTION[side]);
    return emoji === null ? [] : [{ by: side, emoji, at }];
  }
}
