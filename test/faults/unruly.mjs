/**
 * Loaded before a program by `node --import`: makes the process as unruly as the file of UNRULY says at the moment, in
 * JSON. `clock` is by how many milliseconds its clock is wrong; `eats` lets it use up its memory.
 */
import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

const file = process.env.UNRULY ?? '';
const SoundDate = Date;
const hoard = [];
let wrongMs = 0;

// What runs on measured time alone, timers and performance.now(), is right as on a machine whose clock is set anew.
globalThis.Date = new Proxy(SoundDate, {
  apply: () => new SoundDate(SoundDate.now() + wrongMs).toString(),
  construct: (_, args, newTarget) =>
    Reflect.construct(SoundDate, args.length === 0 ? [SoundDate.now() + wrongMs] : args, newTarget),
  get: (target, name) => (name === 'now' ? () => SoundDate.now() + wrongMs : Reflect.get(target, name)),
});

setInterval(() => {
  const { clock = 0, eats = false } = JSON.parse(readFileSync(file, 'utf8'));
  wrongMs = clock;
  for (let bites = 0; eats && bites < 50; bites++) hoard.push(Array.from({ length: 20_000 }, () => ({})));
}, 50).unref();
