/** What a test person does, and is: all of it fixed by the last two digits of their number. */
export interface TestOutcome {
  /** Stable name. */
  name: string;
  /** What a business meets, in a sentence. */
  meets: string;
  /** What they opt in to, beside being matched. */
  optsIn: readonly 'MARKETING'[];
  /** How far what becomes visible to them comes. */
  receives: 'NOTHING' | 'DELIVERED' | 'READ';
  /** What they answer to everything that they read; null: nothing. */
  answers: string | null;
  /** A picture goes with each answer. */
  showsPicture?: true;
  /** What they said to the business as soon as they were its contact. */
  said?: 'STOP' | 'STOP_MARKETING' | 'BLOCK';
  /** They are gone for good once they have read the first message. */
  leaves?: true;
  /** When and how much they want to be messaged. */
  wants?: 'PAUSE' | 'NIGHT' | { marketingCap: number };
  /** The pair limit with them is used up. */
  pairUsedUp?: true;
}

const READER = { optsIn: ['MARKETING'], receives: 'READ', answers: null } as const;

/** By the last two digits of a test number. Digits that are not here are nobody's, and are answered like unknown numbers. */
export const TEST_OUTCOMES = {
  '00': { ...READER, name: 'READS', meets: 'Every message is delivered and read.' },
  '01': {
    ...READER,
    name: 'DOES_NOT_READ',
    receives: 'DELIVERED',
    meets: 'Every message is delivered, and never read.',
  },
  '02': {
    ...READER,
    name: 'UNDELIVERED',
    receives: 'NOTHING',
    meets: 'No device fetches what is dispatched: it stays `DISPATCHED`.',
  },
  '03': {
    ...READER,
    name: 'NO_OPT_IN',
    optsIn: [],
    meets: 'MARKETING is refused with `CONSENT_MISSING`; everything else is delivered and read.',
  },
  '10': {
    ...READER,
    name: 'STOPPED',
    said: 'STOP',
    meets: 'A contact who has stopped you: everything is refused with `CONSENT_STOPPED`.',
  },
  '11': {
    ...READER,
    name: 'STOPPED_MARKETING',
    said: 'STOP_MARKETING',
    meets: 'MARKETING is refused with `CONSENT_STOPPED`; everything else is delivered and read.',
  },
  '12': {
    ...READER,
    name: 'BLOCKED',
    said: 'BLOCK',
    meets: 'A contact who has blocked you: everything is refused with `CONTACT_BLOCKED`.',
  },
  '13': {
    ...READER,
    name: 'STOPS',
    answers: 'STOP',
    meets:
      'The first message is read and answered with STOP; from then on everything is refused with `CONSENT_STOPPED`.',
  },
  '14': {
    ...READER,
    name: 'LEAVES',
    leaves: true,
    meets: 'The first message is read; then the contact is gone, and refused with `CONTACT_GONE`.',
  },
  '20': {
    ...READER,
    name: 'PAUSED',
    wants: 'PAUSE',
    meets: 'A pause of 7 days: everything but AUTHENTICATION is accepted and waits, because of `PAUSED`.',
  },
  '21': {
    ...READER,
    name: 'QUIET_HOURS',
    wants: 'NIGHT',
    meets: 'It is 22 o’clock: MARKETING is accepted and waits until 8 o’clock, because of `QUIET_HOURS`.',
  },
  '22': {
    ...READER,
    name: 'NO_MARKETING',
    wants: { marketingCap: 0 },
    meets: 'They want to see no marketing: MARKETING is refused with `MARKETING_CAP`.',
  },
  '23': {
    ...READER,
    name: 'MARKETING_CAP',
    wants: { marketingCap: 1 },
    meets:
      'The first MARKETING is read; once it is, the next in 24 hours is accepted and waits, because of `MARKETING_CAP`.',
  },
  '24': {
    ...READER,
    name: 'PAIR_LIMIT',
    pairUsedUp: true,
    meets: 'Everything is refused with `PAIR_LIMIT`.',
  },
  '30': {
    ...READER,
    name: 'REPLIES',
    answers: 'Thank you, this is a reply.',
    meets: 'Every message is read and answered with a text, which you receive.',
  },
  '31': {
    ...READER,
    name: 'SENDS_PICTURE',
    answers: 'Thank you, this is a picture.',
    showsPicture: true,
    meets:
      'Every message is read and answered with a text and a PNG of 67 bytes, which you receive as `media`.',
  },
} as const satisfies Record<string, TestOutcome>;

/** The outcome of the last two digits of a test number; undefined: the number is nobody's. */
export function testOutcome(ending: string | undefined): TestOutcome | undefined {
  return (TEST_OUTCOMES as Readonly<Record<string, TestOutcome>>)[ending ?? ''];
}
