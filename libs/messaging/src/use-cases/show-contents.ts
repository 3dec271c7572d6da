import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { BoundedCache, LOGGER } from '@assent/platform';
import type { Logger } from 'pino';
import type { ContentState, OpenedContent } from '../domain/content.js';
import type { SealedContent } from '../domain/message.js';
import { ContentVault } from '../persistence/content-vault.js';

/** A message as it is stored, of which somebody may read what it says. */
interface StoredContent {
  id: string;
  content: SealedContent;
}

/** What can be shown of a message; `opened` is there where it is READABLE. */
interface ShownContent {
  state: ContentState;
  opened: OpenedContent | null;
}

/** Of so many messages a process remembers that it told of them. */
const TOLD = 1_000;

/**
 * Shows what messages say. One that was changed beneath the platform does not open: the operator is told, and nobody is kept from
 * what else is on the page.
 */
@Injectable()
export class ShowContents {
  private readonly told = new BoundedCache<string, true>(TOLD);

  constructor(
    private readonly vault: ContentVault,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  of({ id, content }: StoredContent): ShownContent {
    try {
      const opened = this.vault.openAll(id, content);
      return opened ? { state: 'READABLE', opened } : { state: 'ERASED', opened: null };
    } catch (error) {
      // Once for each message: clients look at a page again and again.
      this.told.get(id, () => {
        this.log.error(
          { errorId: randomUUID(), message: id, err: error },
          'What is stored of a message does not open',
        );
        return true;
      });
      return { state: 'UNREADABLE', opened: null };
    }
  }

  textOf(message: StoredContent): string | null {
    return this.of(message).opened?.text ?? null;
  }

  /** What proves that it was sent; null also for what a person wrote. */
  proofOf(message: StoredContent): string | null {
    return this.of(message).opened?.proof?.toString('base64url') ?? null;
  }
}
