import { z } from 'zod';
import { setting, whole, wholes, withoutEndingSlashes } from './setting.js';

const SIZES = [5 * 1_024 ** 2, 16 * 1_024 ** 2, 16 * 1_024 ** 2, 100 * 1_024 ** 2];
/** Files, and bytes. */
const UNSENT = [20, 200 * 1_024 ** 2];
const MOST = 2 * 1_024 ** 3 - 1;

/** Files that go with messages. */
export const MEDIA_SETTINGS = {
  MEDIA_S3_URL: setting(
    'is the URL of a bucket of an S3 service for the files of messages, its name as the path; without it they are in the data directory',
    'https://s3.eu-central-1.amazonaws.com/assent-media',
    z
      .string()
      .max(500)
      .refine(
        (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !/[?#\s]/.test(text),
      )
      .transform(withoutEndingSlashes)
      .optional(),
  ),
  MEDIA_S3_KEY: setting(
    'is what requests to the S3 service are signed with: id of the access key, colon, secret',
    'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    z
      .string()
      .regex(/^[^:\s]{1,200}:\S{1,200}$/)
      .transform((text) => ({ keyId: text.split(':')[0] ?? '', secret: text.slice(text.indexOf(':') + 1) }))
      .optional(),
  ),
  MEDIA_S3_REGION: setting(
    'is the region that requests to the S3 service are signed for',
    'eu-central-1',
    z
      .string()
      .regex(/^[a-z0-9-]{1,50}$/)
      .default('us-east-1'),
  ),
  MEDIA_MOST_BYTES: setting(
    'is four whole numbers: the largest size in bytes of an image, of audio, of a video, of a document, each from 1 to 2147483647',
    SIZES.join(','),
    wholes(SIZES.length, SIZES).refine((list) => list.every((item) => item <= MOST)),
  ),
  MEDIA_QUOTA_BYTES: setting(
    'is how many bytes all files of one business may have together, from 1 to 1099511627776',
    '10737418240',
    whole(1, 1_024 ** 4, 10 * 1_024 ** 3),
  ),
  MEDIA_PERSON_QUOTA_BYTES: setting(
    'is how many bytes all files of one person may have together, from 1 to 1099511627776',
    '1073741824',
    whole(1, 1_024 ** 4, 1_024 ** 3),
  ),
  MEDIA_PERSON_UNSENT: setting(
    'is two whole numbers: how many files that went with no message yet a person may have, and how many bytes together',
    UNSENT.join(','),
    wholes(UNSENT.length, UNSENT),
  ),
  MEDIA_KEEP_DAYS: setting(
    'is for how many days a file is kept after the last message with it may have become visible, from 1 to 3650',
    '30',
    whole(1, 3_650, 30),
  ),
} as const;

/** What is set needs what it is set with. */
export const MEDIA_NEEDS = [['MEDIA_S3_URL', 'MEDIA_S3_KEY']] as const;
