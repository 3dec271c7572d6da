import { Inject, Injectable } from '@nestjs/common';
import {
  type Carrier,
  type CarrierName,
  Carriers,
  type HandedOver,
  type PushParcel,
  type SmsParcel,
} from '@assent/carriers';
import { Database, Gatherer, LOGGER, LOOK_UPS, type Transaction } from '@assent/platform';
import type { Logger } from 'pino';
import { planHandOff } from '../domain/hand-off.js';
import { HANDING_MS, HandOffRecorder } from '../persistence/hand-off.recorder.js';
import { HandOffStore, type LoadedHandOff } from '../persistence/hand-off.store.js';
import { MessageTraces } from './message-traces.js';
import { countHandOff } from './meters.js';
import { NoteHandOffs, type TriedHandOff } from './note-hand-offs.js';
import { type Packed, PackParcels } from './pack-parcels.js';

/** What the end of the time limit is brought forward by, for the way to the carrier and the clock's grain. */
const MARGIN_MS = 100;

/** A carrier, and how what it is given is made. */
interface Served<Parcel> {
  name: CarrierName;
  carrier: Carrier<Parcel>;
  pack: (tx: Transaction, handOffs: LoadedHandOff[]) => Packed<Parcel>[] | Promise<Packed<Parcel>[]>;
}

/** One that may leave now. */
interface Leaving<Parcel> {
  handOff: LoadedHandOff;
  parcel: Parcel;
  /** When its two seconds began, by this process: not later than the database says. */
  since: number;
}

/**
 * Hands visible messages to carriers: claims what is due, decides again under the guards of the people concerned, hands
 * over outside of any transaction within two seconds, and records what came of it. Each carrier is served by itself, so a
 * dead one delays no other. Any number of workers may run it.
 */
@Injectable()
export class HandOverMessages {
  private readonly underWay = new Set<Promise<void>>();
  private readonly results: Gatherer<TriedHandOff, undefined>;

  constructor(
    private readonly database: Database,
    private readonly carriers: Carriers,
    private readonly store: HandOffStore,
    private readonly recorder: HandOffRecorder,
    private readonly parcels: PackParcels,
    private readonly traces: MessageTraces,
    note: NoteHandOffs,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.results = new Gatherer((tried) => note.execute(tried), { batch: 100, parallel: 2 });
  }

  /** Begins to hand over what is due at one carrier, as far as it has room, and does not wait. @returns false where it began none */
  async execute(name: CarrierName): Promise<boolean> {
    const { push, sms } = this.carriers;
    if (name === 'PUSH') {
      return push !== null && this.serve<PushParcel>({ name, carrier: push, pack: this.wakeUps });
    }
    return sms !== null && this.serve<SmsParcel>({ name, carrier: sms, pack: this.texts });
  }

  /** Resolves when everything under way has ended: two seconds at most, and what it takes to note it. */
  async ended(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private readonly wakeUps = (_: Transaction, handOffs: LoadedHandOff[]) => this.parcels.wakeUps(handOffs);
  private readonly texts = (tx: Transaction, handOffs: LoadedHandOff[]) =>
    this.parcels.texts(tx, { role: 'engine' }, handOffs);

  private async serve<Parcel>(served: Served<Parcel>): Promise<boolean> {
    const leaving = await this.begin(served);
    for (const one of leaving ?? []) {
      const handing = this.handOver(served, one)
        .catch((error: unknown) => {
          // Others take it in a while.
          this.log.error({ err: error }, 'What came of a hand-off could not be noted');
        })
        .finally(() => this.underWay.delete(handing));
      this.underWay.add(handing);
    }
    return leaving !== undefined;
  }

  /** Claim; then lock, load, decide, record. @returns what may leave; undefined where nothing is due */
  private async begin<Parcel>({
    name,
    carrier: { room, knowsRepeats },
    pack,
  }: Served<Parcel>): Promise<Leaving<Parcel>[] | undefined> {
    if (room <= 0) return undefined;
    const claims = await this.database.transaction(LOOK_UPS, (tx) => this.store.claim(tx, name, room));
    if (claims.length === 0) return undefined;
    return this.database.transaction(LOOK_UPS, async (tx) => {
      const loaded = await this.store.lockAndLoad(tx, name, claims);
      const plans = new Map(loaded.map((handOff) => [handOff, planHandOff(handOff, knowsRepeats)]));
      const packed = await pack(
        tx,
        loaded.filter((handOff) => plans.get(handOff)?.to === 'HANDING'),
      );
      for (const { handOff, content } of packed) if ('plan' in content) plans.set(handOff, content.plan);
      const since = performance.now();
      await this.recorder.begin(
        tx,
        name,
        [...plans].map(([handOff, plan]) => ({ handOff, plan })),
      );
      return packed.flatMap(({ handOff, content }) =>
        'parcel' in content ? [{ handOff, parcel: content.parcel, since }] : [],
      );
    });
  }

  private async handOver<Parcel>(
    { name, carrier }: Served<Parcel>,
    { handOff, parcel, since }: Leaving<Parcel>,
  ): Promise<void> {
    const left = since + HANDING_MS - MARGIN_MS - performance.now();
    const begun = Date.now();
    const handedOver =
      left > 0 ? await carrier.handOver(parcel, AbortSignal.timeout(Math.ceil(left))) : TOO_LATE;
    countHandOff(name, handedOver.failure);
    this.traces.handedOver(handOff, name, handedOver.failure, begun);
    await this.results.add({ name, handOff, knowsRepeats: carrier.knowsRepeats, handedOver });
  }
}

/** This process was held up for so long that nothing may leave any more. */
const TOO_LATE: HandedOver = { failure: 'BUSY', references: [], retryAfterMs: null };
