import { Injectable } from '@nestjs/common';
import { Database, parseInput } from '@assent/platform';
import { Refused } from '@assent/accounts';
import { z } from 'zod';
import { OperatorTokens } from '../adapters/operator-tokens.js';
import { OPERATOR_TOKEN_REASONS, type OperatorTokenReason } from '../domain/operator-token-reasons.js';
import type { PersonViewer } from '../domain/person-viewer.js';
import { OperatorTokenStore } from '../persistence/operator-token.store.js';
import { PersonStore } from '../persistence/person.store.js';
import { PhoneCodeStore } from '../persistence/phone-code.store.js';
import { PhoneIndex } from '../persistence/phone-index.js';
import { type OpenedSession, OpenPersonSession } from './open-person-session.js';

/** When keys that could not be had are asked for again. */
const RETRY_MS = 5_000;

const schema = z.object({
  token: z.string().min(1, 'must be a token').max(8_192, 'must have at most 8,192 characters'),
  startAnew: z.boolean().nullish(),
});

/**
 * Signs one of the operator's own users in as the person whose number the operator's token vouches for, as a code that was
 * sent to that number would.
 *
 * Locks: the token, the number's row of codes, then whatever is of a person.
 */
@Injectable()
export class SignInByOperatorToken {
  constructor(
    private readonly database: Database,
    private readonly tokens: OperatorTokens,
    private readonly used: OperatorTokenStore,
    private readonly index: PhoneIndex,
    private readonly codes: PhoneCodeStore,
    private readonly people: PersonStore,
    private readonly session: OpenPersonSession,
  ) {}

  /** @param viewer whose valid session came with the request: who is signed in keeps what is theirs */
  async execute(
    input: z.input<typeof schema>,
    viewer?: PersonViewer,
  ): Promise<OpenedSession | Refused<OperatorTokenReason>> {
    const { token, startAnew } = parseInput(schema, input);
    const asked = await this.database.transaction({ role: 'gate' }, (tx) => tx.now());
    // Before the transaction: none stays open while keys are fetched.
    const vouched = await this.tokens.read(token, asked);
    if (typeof vouched === 'string') return refused(vouched, asked);
    const { number } = vouched;
    const index = this.index.current(number.e164);

    return this.database.transaction({ role: 'gate' }, async (tx) => {
      if (!(await this.used.take(tx, vouched, this.tokens.keepSeconds))) return refused('TOKEN_USED', asked);
      const [{ now }, known] = await Promise.all([
        this.codes.lockOrMake(tx, index),
        this.people.find(tx, this.index.everyVersion(number.e164)),
      ]);
      const proved = { number: { ...number, index }, known, startAnew: startAnew ?? false, viewer, now };
      return this.session.execute(tx, proved);
    });
  }
}

function refused(reason: OperatorTokenReason, now: Date): Refused<OperatorTokenReason> {
  const retryAt = reason === 'OPERATOR_KEYS_UNAVAILABLE' ? new Date(now.getTime() + RETRY_MS) : null;
  return new Refused(reason, OPERATOR_TOKEN_REASONS[reason].message, retryAt);
}
