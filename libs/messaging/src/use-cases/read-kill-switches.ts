import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { Database, type PageArgs, readPage } from '@assent/platform';
import type { KillSwitch } from '../domain/kill-switch.js';
import { KillSwitchStore, type SwitchedOff } from '../persistence/kill-switch.store.js';

export type { SwitchedOff };

/** Reads kill switches. */
@Injectable()
export class ReadKillSwitches {
  constructor(
    private readonly database: Database,
    private readonly store: KillSwitchStore,
  ) {}

  /** All that were ever set, or those in force, newest first; one more than a page holds, if there is one. @throws BadInputError */
  async page(inForce: boolean, args: PageArgs): Promise<KillSwitch[]> {
    const { first, after } = readPage('killSwitches', 'ksw', args);
    return this.database.transaction({ role: 'admin' }, (tx) => this.store.page(tx, inForce, first, after));
  }

  /** Those in force that concern a business, newest first, 100 at most; in test mode none does. */
  async of({ businessId, account }: BusinessViewer): Promise<SwitchedOff[]> {
    if (account.id !== businessId) return [];
    return this.database.transaction({ role: 'business', businessId }, (tx) => this.store.of(tx, businessId));
  }
}
