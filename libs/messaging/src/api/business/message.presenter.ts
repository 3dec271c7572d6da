import type { Handles } from '@assent/platform';
import type { StoredMessage } from '../../domain/message.js';
import type { Message } from './message.types.js';

/** A message under the handle that its business knows it by. */
export function toMessage(handles: Handles, businessId: string, stored: StoredMessage): Message {
  return {
    ...stored,
    id: handles.seal(`business:${businessId}`, 'msg', stored.id),
    deferredUntil: stored.deferral?.until ?? null,
    deferredBecause: stored.deferral?.reason ?? null,
    inReplyTo: stored.replyTo && handles.seal(`business:${businessId}`, 'msg', stored.replyTo),
    stored,
  };
}
