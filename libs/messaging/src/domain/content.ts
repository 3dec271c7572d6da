/** A file that goes with a message, bound to it by its hash. */
export interface MessageMedia {
  id: string;
  /** Its media type. */
  type: string;
  bytes: number;
  /** In hexadecimal digits. */
  sha256: string;
  /** What it is to be saved as; null: nothing is said. */
  name: string | null;
}

/** What is sealed of a message. */
export interface Content {
  /** Empty only beside media. */
  text: string;
  media: MessageMedia | null;
}

/** No text in UTF-8 has this byte: what begins with it is more than a text. */
const STRUCTURED = 0xff;

/** A text alone is its own bytes, as all were before there were media. */
export function encodeContent({ text, media }: Content): string | Buffer {
  return media ? Buffer.concat([Buffer.of(STRUCTURED), Buffer.from(JSON.stringify({ text, media }))]) : text;
}

/** What `encodeContent` made bytes of. */
export function decodeContent(bytes: Buffer): Content {
  if (bytes[0] !== STRUCTURED) return { text: bytes.toString('utf8'), media: null };
  return JSON.parse(bytes.subarray(1).toString('utf8')) as Content;
}
