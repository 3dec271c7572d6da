import { dueNow, handOffs } from '../support/builders/carriers.js';
import { type Reachable, send } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { type TestPlatform, until } from '../support/platform.js';

/** Somebody who is written to, and how the carrier knows them. */
export interface Racer extends Reachable {
  address: string;
}

/** From when to when something was with the carrier, in milliseconds of `performance.now()`; endless until then. */
export interface Stay {
  from: number;
  to: number;
}

/** What a carrier saw, by address. */
export type Stays = Map<string, Stay[]>;

const ENDED = new Set(['HANDED', 'FAILED', 'SUPPRESSED']);

/** Everybody is written to and stops while that is handed to a carrier, which tells by its own notes what came late. */
export class HandOffRace {
  constructor(
    private readonly platform: TestPlatform,
    private readonly business: GraphQLClient,
    private readonly racers: readonly Racer[],
    /** What came to the carrier since the race began. */
    private readonly stays: () => Stays,
  ) {}

  /**
   * @param stopsMayFail where a planted fault may break a stop itself: it is not answered then, and nothing comes late
   * @returns how many were with the carrier, or came to it, after their stop was answered, and how many came at all
   */
  async run({ stopsMayFail = false } = {}): Promise<{ late: number; handedOver: number }> {
    const stoppedAt = new Map<string, number>();
    await Promise.all(
      this.racers.map(async ({ person, contact, address }, at) => {
        await send(this.business, contact);
        // Half of the stops meet their message on its way to the carrier, the others before.
        if (at % 2 === 0) await until('it is handed over', async () => this.stays().has(address), 90_000);
        else await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
        try {
          await person.api.do('mutation { stop(input: {}) { __typename } }');
          stoppedAt.set(address, performance.now());
        } catch (error) {
          if (!stopsMayFail) throw error;
        }
      }),
    );
    await dueNow(this.platform);
    await until('nothing is on its way any more', async () =>
      (await handOffs(this.platform)).every(({ state }) => ENDED.has(state)),
    );
    const came = this.racers.flatMap(({ address }) => {
      const stays = this.stays().get(address) ?? [];
      return stays.length > 0 ? [{ stays, stop: stoppedAt.get(address) ?? Infinity }] : [];
    });
    await Promise.all(
      this.racers.map(({ person }) => person.api.do('mutation { allow(input: {}) { __typename } }')),
    );
    return {
      late: came.filter(({ stays, stop }) => stays.some(({ from, to }) => from > stop || to > stop)).length,
      handedOver: came.length,
    };
  }
}
