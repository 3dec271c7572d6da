import { CLIENT_SECRETS_SEALED, SECOND_FACTORS_SEALED } from '@assent/accounts';
import { IMPORTS_SEALED } from '@assent/matching';
import { CONTENTS_SEALED, SENTENCES_SEALED } from '@assent/messaging';
import { REPORTS_SEALED } from '@assent/moderation';
import { PHONE_SEALED } from '@assent/people';
import type { SealedColumn } from '@assent/platform';
import { EXPORTS_SEALED } from '@assent/privacy';
import { WEBHOOKS_SEALED } from '@assent/webhooks';

/** All that is sealed at rest and can be sealed anew. Numbers come first: the directory is made anew from them. */
export const SEALED: readonly SealedColumn[] = [
  PHONE_SEALED,
  ...CONTENTS_SEALED,
  SENTENCES_SEALED,
  ...REPORTS_SEALED,
  ...WEBHOOKS_SEALED,
  SECOND_FACTORS_SEALED,
  CLIENT_SECRETS_SEALED,
  ...IMPORTS_SEALED,
  EXPORTS_SEALED,
];

/** Answers to mutations: sealed under the client's own key, which is not stored, so they can only be waited for. They go after 7 days. */
export const ANSWERS: SealedColumn = {
  table: 'keyed_answer',
  column: 'answer',
  key: { key_hash: 'bytea', created_at: 'timestamptz' },
  use: 'idempotency-answer',
  place: (keyHash) => `keyed_answer.answer:${keyHash}`,
};
