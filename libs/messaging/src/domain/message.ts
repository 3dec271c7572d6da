import { MessagePurpose } from '@assent/templates';

/** Purposes that a message can have. */
export { MessagePurpose };

/** What is to become of a message when a limit that passes by waiting is used up. */
export const WhenLimited = { DEFER: 'DEFER', REFUSE: 'REFUSE' } as const;
export type WhenLimited = keyof typeof WhenLimited;

/** Where a message is on its way. The first four only ever go forward; the last four are final, as is READ. */
export const MessageStatus = {
  ACCEPTED: 'ACCEPTED',
  DISPATCHED: 'DISPATCHED',
  DELIVERED: 'DELIVERED',
  READ: 'READ',
  EXPIRED: 'EXPIRED',
  SUPPRESSED: 'SUPPRESSED',
  CANCELLED: 'CANCELLED',
  FAILED: 'FAILED',
} as const;
export type MessageStatus = keyof typeof MessageStatus;

/** Who wrote a message: OUTBOUND the business, INBOUND the person. */
export const MessageDirection = { OUTBOUND: 'OUTBOUND', INBOUND: 'INBOUND' } as const;
export type MessageDirection = keyof typeof MessageDirection;

/** What brought a message to a person: their app, or a carrier that said so. */
export const DeliveredBy = { IN_APP: 'IN_APP', SMS: 'SMS' } as const;
export type DeliveredBy = keyof typeof DeliveredBy;

/** Which template a message is of. */
export interface MessageTemplate {
  id: string;
  versionId: string;
  /** The one that it is written in. */
  language: string;
}

/** The sealed content of a message, and what is needed to open it. */
export interface SealedContent {
  suite: number;
  bytes: Buffer;
  /** Null: the person was erased, and the content with them. */
  contactId: string | null;
  /** Null: erased, and the content with it. */
  contentSalt: Buffer | null;
}

/** A message of a conversation as it is stored, for the business. */
export interface StoredMessage {
  id: string;
  /** Null: the person was erased. */
  contactId: string | null;
  direction: MessageDirection;
  /** Null: the person wrote it. */
  purpose: MessagePurpose | null;
  status: MessageStatus;
  reason: string | null;
  /** Null: the person wrote it. */
  idempotencyKey: string | null;
  acceptedAt: Date;
  dispatchedAt: Date | null;
  deliveredAt: Date | null;
  /** What has brought it; null: it was not delivered, or the person wrote it. */
  deliveredBy: DeliveredBy | null;
  readAt: Date | null;
  endedAt: Date | null;
  /** What it was scheduled for; null: it was not. */
  sendAt: Date | null;
  /** From when on it does not become visible any more; null: the person wrote it. */
  expiresAt: Date | null;
  /** Until when it waits to become visible, and why; null: it does not. */
  deferral: { until: Date; reason: string } | null;
  /** Null: free-form, or the person wrote it. */
  template: MessageTemplate | null;
  /** The message that it answers; null: none. */
  replyTo: string | null;
  content: SealedContent;
}

/** A message as it is stored, for the person that it became visible to. */
export interface ReceivedMessage {
  /** Its number in the person's inbox: from 1, without gaps. */
  inboxSeq: number;
  id: string;
  businessId: string;
  purpose: MessagePurpose;
  status: MessageStatus;
  receivedAt: Date;
  deliveredAt: Date | null;
  readAt: Date | null;
  replyTo: string | null;
  content: SealedContent;
}

/** A message of a conversation, for the person: what they wrote, and what became visible to them. */
export interface ConversationMessage {
  id: string;
  direction: MessageDirection;
  /** Null: the person wrote it. */
  purpose: MessagePurpose | null;
  status: MessageStatus;
  /** When the person wrote it, or when it became visible to them. */
  at: Date;
  deliveredAt: Date | null;
  readAt: Date | null;
  replyTo: string | null;
  content: SealedContent;
}

/** A step that a message took. */
export interface StatusChange {
  cursor: string;
  messageId: string;
  status: MessageStatus;
  reason: string | null;
  at: Date;
}

/** What a device may say of a message. */
export const Receipt = { DELIVERED: 'DELIVERED', READ: 'READ' } as const;
export type Receipt = keyof typeof Receipt;
