import { Injectable } from '@nestjs/common';
import type { CarrierName, HandedOver } from '@assent/carriers';
import { Database, Hints, LOOK_UPS } from '@assent/platform';
import { outcomeOf } from '../domain/hand-off.js';
import { SMS_NAME } from '../domain/sms-name.js';
import { CarrierReferenceStore } from '../persistence/carrier-reference.store.js';
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
    private readonly references: CarrierReferenceStore,
    private readonly hints: Hints,
  ) {}

  /** With the receipts that came before the answers. */
  async execute(tried: readonly TriedHandOff[]): Promise<undefined[]> {
    for (const [name, ofCarrier] of Map.groupBy(tried, (one) => one.name)) {
      await this.ofCarrier(name, ofCarrier);
    }
    return tried.map(() => undefined);
  }

  private async ofCarrier(name: CarrierName, tried: readonly TriedHandOff[]): Promise<void> {
    const told = await this.database.transaction(LOOK_UPS, async (tx) => {
      const now = await tx.now();
      const noted = tried.map(({ handOff, knowsRepeats, handedOver }) => {
        const before = { attempts: handOff.attempts + 1, giveUpAt: handOff.giveUpAt, knowsRepeats };
        const plan = outcomeOf(handedOver, before, now, Math.random());
        return { handOff, plan, partsSent: handedOver.references.length };
      });
      await this.recorder.note(tx, name, noted);
      const referenced = tried.flatMap(({ handOff: { lane, messageId }, handedOver: { references } }) =>
        references.length > 0 ? [{ lane, messageId, references }] : [],
      );
      await this.references.keep(tx, SMS_NAME, referenced);
      return this.references.settle(tx, referenced);
    });
    this.hints.send(told.map((businessId) => `business:${businessId}` as const));
  }
}
