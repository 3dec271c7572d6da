/** Ways to a person beside the inbox in their app. */
export const CarrierName = { PUSH: 'PUSH', SMS: 'SMS' } as const;
export type CarrierName = keyof typeof CarrierName;

/** Why a carrier did not take something: a stable name, without anything that the other side wrote. */
export type HandOverFailure =
  /** It has too much to do just now. */
  | 'BUSY'
  /** It can not be reached. */
  | 'UNREACHABLE'
  /** It did not answer in time: nobody knows whether it took it. */
  | 'TIMED_OUT'
  /** It answered what stands in no protocol, or that it is in trouble. */
  | 'BAD_ANSWER'
  /** It will never take this. */
  | 'REFUSED';

/** What became of handing something over once. */
export interface HandedOver {
  /** Null: the carrier has it. */
  failure: HandOverFailure | null;
  /** Under which names its receipts will come: one for each part that it has taken, in order, those of earlier tries left out. */
  references: string[];
  /** For how long the carrier asked to be left alone. */
  retryAfterMs: number | null;
}

/** A wake-up for the apps of a person: it says that there is something new and nothing of what it is. */
export interface PushParcel {
  /** The same however often it is tried. */
  id: string;
  /** `dev_…`, as the apps were told when they registered. */
  devices: string[];
  /** Whether the person is waiting for it at this moment. */
  urgent: boolean;
}

/** A text for a number. */
export interface SmsParcel {
  /** The same however often it is tried. */
  id: string;
  /** E.164. */
  to: string;
  text: string;
  /** Parts of it that were taken at earlier tries, where a long text was taken in part. */
  partsSent: number;
}

/** What takes messages out of the platform. */
export interface Carrier<Parcel> {
  /** How many it can be given now. 0: it is not there, is catching its breath, or has enough to do. */
  readonly room: number;
  /** Whether it knows what comes twice by its id, so that what may have been taken can be given again. */
  readonly knowsRepeats: boolean;
  /**
   * Hands one over. When it resolves, or `until` aborts, nothing more leaves: what is not with the carrier by then is
   * taken back. Never rejects for what the other side does.
   */
  handOver(parcel: Parcel, until: AbortSignal): Promise<HandedOver>;
}

/** What a carrier says later of something it took. */
export interface CarrierReceipt {
  reference: string;
  status: 'DELIVERED' | 'FAILED';
}

/** What comes back by a carrier for text messages. */
export interface ComesBack {
  /** Resolves when it is noted: then the carrier may forget it. */
  receipt: (receipt: CarrierReceipt) => Promise<void>;
  /** Resolves when it is heeded, with the one text to send back; null: none. */
  text: (from: string, text: string) => Promise<string | null>;
}

/** A carrier of texts to numbers. */
export interface SmsCarrier extends Carrier<SmsParcel> {
  /** Longest text that it is given; what is longer is cut. */
  readonly mostCharacters: number;
  /** Connects, where it is one that stays connected, and takes what comes back until `close`. */
  open(comesBack: ComesBack): void;
  close(): Promise<void>;
}
