/** One run of the benches: its form, what it measured so far, and what it says meanwhile. */
import { type Fact, type Figure, type Measured, Rounds, short } from './figures.ts';
import type { Server } from './server.ts';

export type FormName = 'ci' | 'short' | 'full';

/** How much a run measures. */
export interface Form {
  rounds: number;
  secondsEach: number;
  people: number;
  /** The larger of two platforms that differ in people, and in stored messages. */
  manyPeople: number;
  manyMessages: number;
  businesses: number;
  /**
   * For how long platforms are sent messages that nothing was sent on before, where that matters: of which one has more than the
   * other, or that have very many businesses. They come from a checkpoint, after which the first change of each page writes all of it to the
   * log: once in the quarter of an hour between two checkpoints, not at each message.
   */
  warmUpSeconds: number;
  /** Rounds of what is compared on two platforms, where autovacuum and checkpoints of either come between. */
  growthRounds: number;
  /** Stops of a round, one after the other: of fewer than some hundred, a p99 is the one that took longest. */
  stops: number;
  /** For how long memory is watched at full load. */
  memorySeconds: number;
}

export const FORMS: Record<FormName, Form> = {
  ci: {
    rounds: 3,
    secondsEach: 1,
    people: 10_000,
    manyPeople: 0,
    manyMessages: 0,
    businesses: 0,
    warmUpSeconds: 0,
    growthRounds: 0,
    stops: 60,
    memorySeconds: 0,
  },
  short: {
    rounds: 5,
    secondsEach: 2,
    people: 100_000,
    manyPeople: 1_000_000,
    manyMessages: 5_000_000,
    businesses: 1_000,
    warmUpSeconds: 20,
    growthRounds: 9,
    stops: 200,
    memorySeconds: 20,
  },
  full: {
    rounds: 9,
    secondsEach: 4,
    people: 100_000,
    manyPeople: 10_000_000,
    manyMessages: 50_000_000,
    businesses: 1_000,
    warmUpSeconds: 120,
    growthRounds: 9,
    stops: 200,
    memorySeconds: 600,
  },
};

export class Run {
  readonly figures: Figure[] = [];
  readonly facts: Fact[] = [];
  readonly form: Form;
  readonly server: Server;
  private readonly began = performance.now();

  constructor(form: Form, server: Server) {
    this.form = form;
    this.server = server;
  }

  /** What is going on, with the time since the run began. */
  say(what: string): void {
    const seconds = Math.round((performance.now() - this.began) / 1_000);
    console.log(
      `${String(Math.floor(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, '0')}  ${what}`,
    );
  }

  /** Rounds of a value and its limit, the one right after the other. */
  async compare(
    measured: Measured,
    value: () => Promise<number>,
    limit: () => Promise<number>,
    note?: string,
    times = this.form.rounds,
  ): Promise<Figure> {
    const rounds = new Rounds(measured);
    for (let round = 0; round < times; round++) {
      // Who comes first changes, so that what a round leaves behind is in nobody's favour.
      if (round % 2 === 0) {
        const bound = await limit();
        rounds.add(await value(), bound);
      } else {
        const found = await value();
        rounds.add(found, await limit());
      }
    }
    return this.done(rounds.figure(note));
  }

  done(figure: Figure): Figure {
    this.figures.push(figure);
    this.say(
      `${figure.key}: ${short(figure.value)} ${figure.unit}, ${figure.ratio.toFixed(2)} of ${figure.limit}`,
    );
    return figure;
  }

  fact(key: string, value: number, unit: string, note?: string): void {
    this.facts.push({ key, value, unit, ...(note ? { note } : {}) });
    this.say(`${key}: ${short(value)} ${unit}`);
  }
}
