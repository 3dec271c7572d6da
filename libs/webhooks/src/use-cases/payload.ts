import { Injectable } from '@nestjs/common';
import { eventKinds, type EventPosition, formatEventId, Handles } from '@assent/platform';

/** An event as a library wrote it. */
export interface WrittenEvent {
  type: string;
  contactId: string | null;
  messageId: string | null;
  data: Record<string, unknown>;
  at: Date;
}

/** Makes what a business sees of its events: the same bytes in a webhook and in `events`, whenever they are asked for. */
@Injectable()
export class Payloads {
  constructor(private readonly handles: Handles) {}

  /** `{"type", "timestamp", "data"}`, as Standard Webhooks advises. */
  of(businessId: string, { type, contactId, messageId, data, at }: WrittenEvent): string {
    const kind = eventKinds().get(type);
    if (!kind) throw new Error(`Nothing knows events of the kind ${type}`);
    const handle = (prefix: Parameters<Handles['seal']>[1], id: string) =>
      this.handles.seal(`business:${businessId}`, prefix, id);
    return JSON.stringify({
      type,
      timestamp: at.toISOString(),
      data: kind.toData({ contactId, messageId, data, handle }),
    });
  }

  idOf(position: EventPosition): string {
    return formatEventId(position);
  }
}

/** The types that an endpoint can be subscribed to. */
export function subscribableTypes(): string[] {
  return [...eventKinds()]
    .flatMap(([type, { subscribable }]) => (subscribable === false ? [] : [type]))
    .sort();
}
