/** What a file is to whoever reads its message. */
export interface MessageFile {
  /** Its media type. */
  type: string;
  bytes: number;
  /** In hexadecimal digits. */
  sha256: string;
  /** What it is to be saved as; null: nothing is said. */
  name: string | null;
}

/** A file that goes with a message, bound to it by its hash. */
export interface MessageMedia extends MessageFile {
  id: string;
}

/** What a message says, to whoever reads it. */
export interface MessageWords {
  /** Empty only beside media. */
  text: string;
  media: MessageFile | null;
}

/** What is sealed of a message. */
export interface Content extends MessageWords {
  media: MessageMedia | null;
}

/** What was sealed of a message. */
export interface OpenedContent extends Content {
  /** That it was sent; null: a person wrote it, or it was sent before there were proofs. */
  proof: Buffer | null;
}

/** Whether what a message says can be shown. */
export const ContentState = { READABLE: 'READABLE', ERASED: 'ERASED', UNREADABLE: 'UNREADABLE' } as const;
export type ContentState = keyof typeof ContentState;

/** Bytes of a proof: as hard to guess as a key. */
export const PROOF_BYTES = 16;

/** No text in UTF-8 has these bytes: what begins with one of them is more than a text. */
const STRUCTURED = 0xff;
const PROVEN = 0xfe;

/** A text alone is its own bytes, as all were before there were media and proofs. */
export function encodeContent({ text, media }: Content, proof?: Buffer): string | Buffer {
  const words = media
    ? Buffer.concat([Buffer.of(STRUCTURED), Buffer.from(JSON.stringify({ text, media }))])
    : text;
  return proof ? Buffer.concat([Buffer.of(PROVEN), proof, Buffer.from(words)]) : words;
}

/** What `encodeContent` made bytes of. */
export function decodeContent(bytes: Buffer): OpenedContent {
  if (bytes[0] === PROVEN) {
    const begins = 1 + PROOF_BYTES;
    return { ...decodeContent(bytes.subarray(begins)), proof: bytes.subarray(1, begins) };
  }
  if (bytes[0] !== STRUCTURED) return { text: bytes.toString('utf8'), media: null, proof: null };
  return { ...(JSON.parse(bytes.subarray(1).toString('utf8')) as Content), proof: null };
}
