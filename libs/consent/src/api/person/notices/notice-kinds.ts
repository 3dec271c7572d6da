import type { IdPrefix } from '@assent/platform';
import type { ToldNotice } from '../../../use-cases/read-notices.js';
import type { Notice } from './notice.types.js';

/** What a kind makes its own fields of. */
export interface NoticeFacts extends Pick<ToldNotice, 'purpose' | 'referenceId' | 'data' | 'business'> {
  /** The handle of an id, as the person knows it. */
  handle: (prefix: IdPrefix, id: string) => string;
}

/** What a kind adds to what all notices have. */
type Own<Kind extends Notice> = Omit<Kind, Exclude<keyof Notice, 'text'>>;

interface NoticeKind {
  type: new () => Notice;
  describe: (facts: NoticeFacts) => Own<Notice>;
}

const kinds = new Map<string, NoticeKind>();

/**
 * Makes a kind of notice known: the object type that shows it, which implements Notice, and its text and other fields. Once
 * for each kind, in the file of its type; a library's person API imports that file.
 */
export function noticeKind<Kind extends Notice>(
  kind: string,
  type: new () => Kind,
  describe: (facts: NoticeFacts) => Own<Kind>,
): void {
  if (kinds.has(kind)) throw new Error(`The kind ${kind} of notices is there twice`);
  kinds.set(kind, { type, describe });
}

/** The kinds that this process can show. */
export function noticeKinds(): string[] {
  return [...kinds.keys()];
}

/** A notice as its person sees it. */
export function presentNotice(notice: ToldNotice, handle: NoticeFacts['handle']): Notice {
  const kind = kinds.get(notice.kind);
  if (!kind) throw new Error(`Nothing shows notices of the kind ${notice.kind}`);
  const { seq, createdAt, readAt, business } = notice;
  return Object.assign(new kind.type(), {
    id: handle('ntc', notice.id),
    cursor: String(seq),
    createdAt,
    readAt,
    business,
    ...kind.describe({ ...notice, handle }),
  });
}
