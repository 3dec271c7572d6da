import type { DisclosedBy, MessageFile, StoredCopy } from '@assent/messaging';

/** What was found of a message when it was reported. Sealed with it, so that nobody changes it afterwards. */
export interface ReportProof {
  /** Base64url; made when the message was sent. */
  tag: string;
  /** The business that sent it. */
  businessId: string;
  /** Times in ISO 8601. */
  sentAt: string;
  receivedAt: string;
  reportedAt: string;
  by: DisclosedBy;
  stored: StoredCopy;
}

/** What a report discloses. */
export interface Disclosed {
  /** Empty only beside media. */
  text: string;
  media: MessageFile | null;
  /** Null: it was sent before messages had proofs. */
  proof: ReportProof | null;
}

/** No text in UTF-8 has this byte. */
const STRUCTURED = 0xff;

export function encodeDisclosed(disclosed: Disclosed): Buffer {
  return Buffer.concat([Buffer.of(STRUCTURED), Buffer.from(JSON.stringify(disclosed))]);
}

/** What `encodeDisclosed` made bytes of; or a text alone, as all were before there were proofs. */
export function decodeDisclosed(bytes: Buffer): Disclosed {
  if (bytes[0] !== STRUCTURED) return { text: bytes.toString('utf8'), media: null, proof: null };
  return JSON.parse(bytes.subarray(1).toString('utf8')) as Disclosed;
}
