import { Injectable } from '@nestjs/common';
import { badCursor, Database, type PageArgs, pageSchema, parseInput, parsePublicId } from '@assent/platform';
import { type Alarm, AlarmStore } from '../persistence/alarm.store.js';

export type { Alarm };

/** Lists what the double check of ledgers found. */
@Injectable()
export class ReadAlarms {
  constructor(
    private readonly database: Database,
    private readonly alarms: AlarmStore,
  ) {}

  /** Newest first; one more than `first` where there are more. @throws BadInputError */
  async page(args: PageArgs, open: boolean): Promise<{ first: number; alarms: Alarm[] }> {
    const { first, after } = parseInput(pageSchema, args, 'consentAlarms');
    const before = after ? parsePublicId('alm', after) : null;
    if (before === undefined) {
      throw badCursor('consentAlarms');
    }
    const alarms = await this.database.transaction({ role: 'admin' }, (tx) =>
      this.alarms.page(tx, open, before, first + 1),
    );
    return { first, alarms };
  }
}
