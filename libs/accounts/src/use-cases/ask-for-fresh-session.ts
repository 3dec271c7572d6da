import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { Refused } from '../domain/refused.js';
import { SINGLE_SIGN_ON_REASONS } from '../domain/single-sign-on-reasons.js';
import type { BusinessViewer } from '../domain/viewers.js';
import { MemberStore } from '../persistence/member.store.js';

/** How old a session may be that changes how somebody signs in. */
const FRESH_MS = 15 * 60_000;

/** Asks a member to sign in again before they change how others do. */
@Injectable()
export class AskForFreshSession {
  constructor(private readonly members: MemberStore) {}

  /** @returns undefined where the session is at most 15 minutes old */
  async execute(
    tx: Transaction,
    { businessId, actor }: BusinessViewer,
  ): Promise<Refused<'SIGN_IN_AGAIN'> | undefined> {
    if (!('sessionHash' in actor)) throw new Error('Only a member changes how members sign in');
    const [openedAt, now] = await Promise.all([
      this.members.sessionOpenedAt(tx, businessId, actor.sessionHash),
      tx.now(),
    ]);
    if (openedAt && now.getTime() - openedAt.getTime() <= FRESH_MS) return undefined;
    return new Refused('SIGN_IN_AGAIN', SINGLE_SIGN_ON_REASONS.SIGN_IN_AGAIN.message);
  }
}
