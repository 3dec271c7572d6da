import { Injectable } from '@nestjs/common';
import { kindOf, SentMedia } from '@assent/media';
import type { MessageMedia } from '../domain/content.js';
import type { SealedContent } from '../domain/message.js';
import { ShowContents } from './show-contents.js';

/** What goes with a message, and where whoever may read the message can have it from, for a while. */
export interface LinkedMedia extends MessageMedia {
  kind: NonNullable<ReturnType<typeof kindOf>>;
  url: string;
  urlExpiresAt: Date;
}

/** Opens what goes with a message that the caller has read for somebody. */
@Injectable()
export class LinkMedia {
  constructor(
    private readonly contents: ShowContents,
    private readonly media: SentMedia,
  ) {}

  /** Null where nothing goes with it, or its content was erased or does not open. */
  of(message: { id: string; content: SealedContent }): LinkedMedia | null {
    const medium = this.contents.of(message).opened?.media;
    const kind = medium && kindOf(medium.type);
    if (!medium || !kind) return null;
    const { url, expiresAt } = this.media.url(medium, medium.name);
    return { ...medium, kind, url, urlExpiresAt: expiresAt };
  }
}
