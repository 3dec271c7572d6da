import { createHmac } from 'node:crypto';
import { canonicalJson } from '@assent/ledger';
import { publicId } from '@assent/platform';
import type { Disclosed, ReportProof } from '../domain/disclosed.js';

/**
 * HMAC-SHA-256 of what was sent, by whom and when, under the tag that went with it: it can be shown to anybody, says nothing to
 * who has not the tag, and who is given the tag finds out whether a text is the one. docs/reports.md goes through it.
 */
export function commitmentOf({ text, media }: Disclosed, { tag, businessId, sentAt }: ReportProof): Buffer {
  const business = publicId('biz', businessId);
  const message = { business, sent_at: sentAt, text, media: media && { ...media } };
  return createHmac('sha256', Buffer.from(tag, 'base64url')).update(canonicalJson(message)).digest();
}
