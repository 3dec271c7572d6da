/** Who there is in a world: asked for, and as seeded. */

/** A verified business of unlimited reach. */
export interface Business {
  id: string;
  apiKey: string;
  /** Handles of contacts: all of them, or of the very many a million, evenly. */
  contacts: string[];
  /** Handles of contacts who stopped the business. */
  stopped: string[];
}

/** What there is to seed. */
export interface Population {
  people: number;
  /** People are dealt out to them, one contact each. */
  businesses?: number;
  /** One in so many people has stopped the business. */
  stoppedOneIn?: number;
  /** So many of the first people are signed in. */
  signedIn?: number;
  /** So many of the first people have their number in the directory. */
  numbers?: number;
  /** So many messages were sent to the contacts before, in the last hour, and read. */
  messages?: number;
}

/** A business as it is seeded. */
export interface Sender {
  /** Which of the businesses it is, from 0. */
  nr: number;
  id: string;
  apiKey: string;
}

/** A person as seeded. */
export interface SeededContact {
  lane: number;
  personId: string;
  contactId: string;
  sender: Sender;
}
