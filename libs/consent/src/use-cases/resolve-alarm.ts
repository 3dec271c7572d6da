import { Injectable } from '@nestjs/common';
import type { AdminViewer } from '@assent/accounts';
import { Database, isStorable, parseInput, parsePublicId } from '@assent/platform';
import { z } from 'zod';
import { type Alarm, AlarmStore } from '../persistence/alarm.store.js';

const NOTE_RULE = 'must have 1 to 1000 characters';

const schema = z.object({
  alarm: z.string().max(60, 'must be the id of an alarm'),
  note: z
    .string()
    .trim()
    .min(1, NOTE_RULE)
    .max(1_000, NOTE_RULE)
    .refine(isStorable, 'must be well-formed text'),
});

/** Why an alarm was not resolved. */
export type ResolutionRefused = 'ALARM_NOT_FOUND' | 'ALREADY_RESOLVED';

/** An admin has dealt with an alarm. Should the difference still be there, the next double check raises it anew. */
@Injectable()
export class ResolveAlarm {
  constructor(
    private readonly database: Database,
    private readonly alarms: AlarmStore,
  ) {}

  /** @throws BadInputError */
  async execute(
    { adminId }: AdminViewer,
    input: z.input<typeof schema>,
  ): Promise<Alarm | { refused: ResolutionRefused }> {
    const { alarm, note } = parseInput(schema, input);
    const id = parsePublicId('alm', alarm);
    if (!id) return { refused: 'ALARM_NOT_FOUND' };
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const resolved = await this.alarms.resolve(tx, id, adminId, note);
      if (resolved) return resolved;
      return { refused: (await this.alarms.exists(tx, id)) ? 'ALREADY_RESOLVED' : 'ALARM_NOT_FOUND' };
    });
  }
}
