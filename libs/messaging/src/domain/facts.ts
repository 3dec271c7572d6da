import type { LimitOverrides } from '@assent/accounts';
import type { ConsentFacts } from '@assent/consent';
import type {
  BusinessReach,
  MarketingLimits,
  PacedMessage,
  Pacing,
  PairLimit,
  RestrictionFact,
  SpamFact,
  TemplateSample,
  Throughput,
} from '@assent/limits';
import type { SwitchFact } from './kill-switch.js';
import type { MessagePurpose, WhenLimited } from './message.js';
import type { Preferences } from './preferences.js';
import type { Validity } from './validity.js';

/** What a message is, as far as gates look at it. Its content is not theirs to read. */
export interface Draft {
  /** Null where it names a template that is not there: then there is nothing to judge by. */
  purpose: MessagePurpose | null;
  /** The template that it is of, as it stands now; without one it is free-form. */
  template?: TemplateFacts | null;
  /** Which one that is, where there is one of the name. */
  templateId?: string | null;
  /** The message that it answers, where it is to answer one: it must be of the same conversation. */
  inReplyTo?: { known: boolean } | null;
  /** What goes with it, where something is to: it must be of the sender, and stored. */
  media?: { known: boolean } | null;
  /** What its sender chose for the case that a limit is used up. */
  whenLimited: WhenLimited;
  /** Its reserved slot, where it could not go at once; before it is accepted there is none. */
  notBefore?: Date | null;
  /** What it waits for behind the sample of its template; without that, and before it is accepted, null. */
  paced?: PacedMessage | null;
  /** The time that it is scheduled for; then it spends limits when it goes, and has spent none. */
  sendAt?: Date | null;
  /** How long it is worth showing, from when it is sent or scheduled for; null: as configured for its purpose. */
  validForMs?: number | null;
  /** How long it may have to wait, in milliseconds, so that it is taken; not asked of what was accepted. */
  longestWaitMs?: number;
  /** From when on it does not become visible any more; before it is accepted there is no such time. */
  expiresAt?: Date | null;
}

/** What is known of a template, and of the values for it. */
export interface TemplateFacts {
  known: boolean;
  /** Whether one of its versions was. */
  approved: boolean;
  disabled: boolean;
  pausedUntil: Date | null;
  /** What is wrong with the values; null: nothing. */
  misfit: { kind: 'PARAMETER'; parameter: string } | { kind: 'TOO_LONG' } | null;
  /** Of the version that sends; a batch changes it. Null or undefined: nothing is sent of it, or no more. */
  sample?: TemplateSample | null;
}

/** What is known of the business, under its guard. */
export interface BusinessFacts {
  status: 'UNVERIFIED' | 'PENDING' | 'VERIFIED' | 'SUSPENDED';
  /** What admins have set for it, each in place of what is configured while it runs. */
  overrides: LimitOverrides;
  /** It is the sandbox of one, and its contacts are test persons. */
  isSandbox?: boolean;
  /** What nobody has lifted, of it, of its templates, and of all businesses; some of it may be over. */
  switches?: readonly SwitchFact[];
  /** The newest restriction that nobody has ended; it may be over. Null or undefined: there is none. */
  restriction?: RestrictionFact | null;
  /** Until when its queue, or that of the platform, counts as full. Null or undefined: it is not. */
  queueFullUntil?: Date | null;
  /** As it was last found, and what it is judged by. Null or undefined: there is none. */
  spam?: SpamFact | null;
}

/** What is known of a person, under their guard. */
export interface PersonFacts {
  /** ISO 3166-1 alpha-2; null: not known. */
  country: string | null;
  preferences: Preferences;
  /** When marketing became visible to them, of all businesses, newest first; as many as the cap of the operator at most. */
  marketingSeenAt: Date[];
  /**
   * When anything but AUTHENTICATION became visible to them, newest first; as many as they let interrupt them in 24
   * hours, and none where they let all of it.
   */
  interruptedAt: Date[];
}

/** What a person saw of the marketing of one business. */
export interface MarketingOfBusiness {
  /** When it became visible to them, newest first; what is older than 7 days may be left out. */
  seenAt: Date[];
  /** How many in a row, since they last read one or wrote to the business. */
  unread: number;
}

/** What is known of the contact and of the person behind it. */
export interface ContactFacts {
  consent: ConsentFacts;
  person: PersonFacts;
  marketing: MarketingOfBusiness;
  blockedByBusiness?: boolean;
}

/** What dispatch decides on: whether a message that was accepted may still become visible. */
export interface DispatchFacts {
  /** The database's time at which everything was loaded. */
  now: Date;
  business: BusinessFacts;
  /** Undefined where the business has no such contact. */
  contact: ContactFacts | undefined;
  /** When the person last wrote; null: never. */
  lastInboundAt: Date | null;
  /** Whether there was one, and nobody is behind it any more. */
  gone?: boolean;
  /** Whether it has one by that id in its other mode. */
  ofOtherMode?: boolean;
  /** As configured. */
  marketing: MarketingLimits;
}

/** What sending decides on: the same, and what sending spends. */
export interface SendingFacts extends DispatchFacts {
  /** As configured. */
  pairLimit: PairLimit;
  /** Theoretical arrival time of the pair limit; null before the first message. */
  pairTat: Date | null;
  reach: BusinessReach;
  /** When this contact last took a place of the reach tier; null: never. */
  reachTakenAt: Date | null;
  throughput: Throughput;
  /** Theoretical arrival time of the throughput, in microseconds since 1970; null before the first message. */
  throughputTat: number | null;
  /** As configured. */
  pacing: Pacing;
  validity: Validity;
}
