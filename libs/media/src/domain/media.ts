/** What a medium is: bound to every message that it goes with. */
export interface MediaFacts {
  id: string;
  /** As it was declared, and as its first bytes say too. */
  type: string;
  bytes: number;
  /** In hexadecimal digits. */
  sha256: string;
}

/** AWAITED: its bytes are on their way. STORED: they are there, and were looked at. */
export type MediaState = 'AWAITED' | 'STORED';

/** A medium of a business. */
export interface Media extends MediaFacts {
  businessId: string;
  state: MediaState;
  /** When it is removed, unless a message that goes with it asks for longer. */
  expiresAt: Date;
}
