import { Injectable } from '@nestjs/common';
import { EndOfPerson } from '@assent/people';
import { type PersonKey, type Transaction, uuid7 } from '@assent/platform';
import type { ErasureCause } from '../domain/erasure.js';
import { ErasureStore } from '../persistence/erasure.store.js';
import { Erasing } from './erasing.js';

/** Why a person ends, and the hash of the token that the erasure can be followed with. */
interface Ending {
  cause: ErasureCause;
  tokenHash: Buffer | null;
}

/**
 * Ends a person in one transaction: everything queued ends SUPPRESSED, keys and ledger are destroyed, number, sessions,
 * devices and contacts are gone, a tombstone lies in the number's place. From its commit on nothing passes, and nobody
 * finds, matches or imports them. What is only bulk is left to SweepErasures.
 */
@Injectable()
export class EndPerson extends EndOfPerson {
  constructor(
    private readonly erasing: Erasing,
    private readonly erasures: ErasureStore,
  ) {
    super();
  }

  /**
   * @param tx a transaction of the role `eraser`
   * @returns the erasure; undefined where the person is gone already
   */
  async execute(
    tx: Transaction,
    { lane, personId }: PersonKey,
    ending: Ending,
  ): Promise<{ erasureId: string; at: Date } | undefined> {
    const buried = await this.erasing.people.begin(tx, { lane, personId });
    if (!buried) return undefined;
    const { at, tombstone } = buried;
    const erasureId = uuid7(at.getTime(), lane);
    const person = { lane, personId, erasureId, at };
    await this.erasures.add(tx, { ...person, ...ending, tombstone });
    for (const part of this.erasing.parts) await this.erasures.count(tx, person, await part.end(tx, person));
    return { erasureId, at };
  }

  /** Within a proof of the number, whose transaction goes on as `gate` afterwards. */
  async giveWay(tx: Transaction, person: PersonKey): Promise<Date | undefined> {
    await tx.become({ role: 'eraser' });
    const ended = await this.execute(tx, person, { cause: 'NEW_POSSESSION', tokenHash: null });
    await tx.become({ role: 'gate' });
    return ended?.at;
  }
}
