import type { SentNote } from './checker.js';
import type { CrashWorld, Program } from './world.js';

/** What a fault strikes. */
export interface Stage {
  world: CrashWorld;
  /** From 0 to 1. */
  random: () => number;
  /** Takes what a fault itself has sent. */
  note: (sent: SentNote) => void;
}

/** Something that goes wrong. Resolves once it is over and the world is as it was before. */
export interface Fault {
  name: string;
  strike(stage: Stage): Promise<void>;
}

/** Killed with no chance to tidy up. */
const killed = (program: Program): Fault => ({
  name: `${program} killed`,
  strike: async ({ world }) => {
    world.signal(program, 'SIGKILL');
    await world.restart(program);
  },
});

/** A process of the platform, or PostgreSQL, is killed. */
export const KILLS: readonly Fault[] = [
  killed('api'),
  killed('worker'),
  { name: 'PostgreSQL killed', strike: ({ world }) => world.interrupt('SIGKILL') },
];
