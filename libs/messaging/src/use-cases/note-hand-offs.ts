import { Injectable } from '@nestjs/common';
import type { CarrierName, HandedOver } from '@assent/carriers';
import { Database } from '@assent/platform';
import { outcomeOf } from '../domain/hand-off.js';
import { HandOffRecorder } from '../persistence/hand-off.recorder.js';
import type { LoadedHandOff } from '../persistence/hand-off.store.js';

/** What came of handing one over. */
export interface TriedHandOff {
  name: CarrierName;
  handOff: LoadedHandOff;
  knowsRepeats: boolean;
  handedOver: HandedOver;
}

/** Notes what carriers answered: what was taken is theirs, what failed is tried again or given up. */
@Injectable()
export class NoteHandOffs {
  constructor(
    private readonly database: Database,
    private readonly recorder: HandOffRecorder,
  ) {}

  async execute(tried: readonly TriedHandOff[]): Promise<undefined[]> {
    for (const [name, ofCarrier] of Map.groupBy(tried, (one) => one.name)) {
      await this.database.transaction({ role: 'engine' }, async (tx) => {
        const now = await tx.now();
        const noted = ofCarrier.map(({ handOff, knowsRepeats, handedOver }) => {
          const before = { attempts: handOff.attempts + 1, giveUpAt: handOff.giveUpAt, knowsRepeats };
          const plan = outcomeOf(handedOver, before, now, Math.random());
          return { handOff, plan, partsSent: handedOver.references.length };
        });
        await this.recorder.note(tx, name, noted);
      });
    }
    return tried.map(() => undefined);
  }
}
