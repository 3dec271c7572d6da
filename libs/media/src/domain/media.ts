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

/** Who has uploaded a medium. */
export type MediaOwner = { businessId: string } | OwningPerson;

/** A person, as all their rows name them. */
export interface OwningPerson {
  lane: number;
  personId: string;
}

export function isPerson(owner: MediaOwner): owner is OwningPerson {
  return 'personId' in owner;
}

/** A medium of a business, or of a person. */
export interface Media extends MediaFacts {
  /** Null: a person's. */
  businessId: string | null;
  state: MediaState;
  /** When it is removed, unless a message that goes with it asks for longer. */
  expiresAt: Date;
}
