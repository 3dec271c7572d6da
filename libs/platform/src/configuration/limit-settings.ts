import { setting, whole, wholes } from './setting.js';

const rising = (length: number, byDefault: number[]) =>
  wholes(length, byDefault).refine((list) => list.every((item, at) => item > (list[at - 1] ?? 0)));
const notFalling = (length: number, most: number, byDefault: number[]) =>
  wholes(length, byDefault).refine((list) =>
    list.every((item, at) => item <= most && item >= (list[at - 1] ?? 0)),
  );

/** How much a business may send and ask, how much reaches a person, and how businesses are judged. */
export const LIMIT_SETTINGS = {
  REACH_TIERS: setting(
    'is four rising whole numbers: people per rolling 24 hours at each reach tier below unlimited',
    '250,2000,10000,100000',
    rising(4, [250, 2_000, 10_000, 100_000]),
  ),
  PAIR_INTERVAL_MS: setting(
    'is the time in milliseconds that one message to the same person costs, from 1 to 86400000',
    '6000',
    whole(1, 86_400_000, 6_000),
  ),
  PAIR_BURST: setting(
    'is how many messages a person may get at once, from 1 to 10000',
    '45',
    whole(1, 10_000, 45),
  ),
  THROUGHPUT_PER_SECOND: setting(
    'is five whole numbers from 1 to 1000000 that do not fall: messages of a business per second at each reach tier',
    '80,80,80,80,1000',
    notFalling(5, 1_000_000, [80, 80, 80, 80, 1_000]),
  ),
  THROUGHPUT_BURST_SECONDS: setting(
    'is how many seconds of its throughput a business may use at once, from 1 to 60',
    '1',
    whole(1, 60, 1),
  ),
  THROUGHPUT_LONGEST_WAIT_SECONDS: setting(
    'is how many seconds ahead the slot of a message may be that waits for its throughput, from 1 to 86400',
    '600',
    whole(1, 86_400, 600),
  ),
  QUEUE_MOST_OF_ONE: setting(
    'is how many conversations of one business may have something queued before it has to wait, from 1 to 1000000000',
    '2000000',
    whole(1, 1_000_000_000, 2_000_000),
  ),
  QUEUE_MOST_OF_ALL: setting(
    'is how many conversations of all businesses may have something queued before they have to wait, from 1 to 1000000000',
    '20000000',
    whole(1, 1_000_000_000, 20_000_000),
  ),
  VALIDITY_AUTHENTICATION_SECONDS: setting(
    'is after how many seconds an AUTHENTICATION message that does not say so is not shown any more, from 30 to 900',
    '600',
    whole(30, 900, 600),
  ),
  VALIDITY_SERVICE_SECONDS: setting(
    'is after how many seconds a SERVICE message that does not say so is not shown any more, from 30 to 2592000',
    '43200',
    whole(30, 2_592_000, 2_592_000),
  ),
  VALIDITY_MARKETING_SECONDS: setting(
    'is after how many seconds a MARKETING message that does not say so is not shown any more, from 43200 to 2592000',
    '2592000',
    whole(43_200, 2_592_000, 2_592_000),
  ),
  PERSON_WRITE_INTERVAL_MS: setting(
    'is the time in milliseconds that one message of a person to the same business costs, from 1 to 86400000',
    '2000',
    whole(1, 86_400_000, 2_000),
  ),
  PERSON_WRITE_BURST: setting(
    'is how many messages a person may write to a business at once, from 1 to 10000',
    '30',
    whole(1, 10_000, 30),
  ),
  MARKETING_CAP_DAILY: setting(
    'is how many marketing messages of all businesses together a person may see in any 24 hours, from 1 to 1000',
    '4',
    whole(1, 1_000, 4),
  ),
  MARKETING_CAP_WEEKLY: setting(
    'is how many marketing messages of one business a person may see in any 7 days, from 1 to 1000',
    '3',
    whole(1, 1_000, 3),
  ),
  MARKETING_MOST_UNREAD: setting(
    'is after how many marketing messages of a business that a person neither read nor answered they see one in any 7 days, from 1 to 1000',
    '5',
    whole(1, 1_000, 5),
  ),
  MATCH_DAILY: setting(
    'is five rising whole numbers: different numbers matched per rolling 24 hours at each reach tier',
    '1000,20000,100000,1000000,10000000',
    rising(5, [1_000, 20_000, 100_000, 1_000_000, 10_000_000]),
  ),
  MATCH_MONTHLY: setting(
    'is five rising whole numbers: different numbers matched per rolling 30 days at each reach tier',
    '2500,100000,500000,5000000,50000000',
    rising(5, [2_500, 100_000, 500_000, 5_000_000, 50_000_000]),
  ),
  QUALITY_HALF_LIFE_DAYS: setting(
    'is after how many days a reaction counts half for the quality of a business, from 1 to 90',
    '7',
    whole(1, 90, 7),
  ),
  QUALITY_PROVEN_DAYS: setting(
    'is for how many days people must have had their number until their reactions count in full, from 0 to 365',
    '30',
    whole(0, 365, 30),
  ),
  QUALITY_COHORT_PERCENT: setting(
    'is the largest share that people who joined on one day, or are all unproven, can have in the quality of a business, in percent, from 1 to 100',
    '20',
    whole(1, 100, 20),
  ),
  QUALITY_EVIDENCE: setting(
    'is how many weighted reactions it takes until the quality of a business is known, from 1 to 1000000',
    '50',
    whole(1, 1_000_000, 50),
  ),
  RESTRICTION_EVIDENCE: setting(
    'is how many people must have reported, blocked or stopped a business of RED quality, since its last restriction, before it is restricted, from 1 to 1000000',
    '5',
    whole(1, 1_000_000, 5),
  ),
  TEMPLATE_SAMPLE: setting(
    'is how many messages of a new version of a template go at once, before the rest waits for reactions to them, from 1 to 1000000',
    '100',
    whole(1, 1_000_000, 100),
  ),
  TEMPLATE_HOLD_MINUTES: setting(
    'is for how many minutes the sample of a new version must have been out, on average, before the rest goes, from 1 to 10080',
    '60',
    whole(1, 10_080, 60),
  ),
  SPAM_SCORE_MOST: setting(
    'is above which spam score a business may not begin anything, from 1 to 100: at 100 it always may',
    '20',
    whole(1, 100, 20),
  ),
} as const;
