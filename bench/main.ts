/**
 * `npm run bench`: how close the platform comes to what the machine and its database could do at all.
 *
 * Each figure is divided by a limit that is measured in the same run, alternating with it, so that a shared, noisy
 * machine does not matter. Prints a table and writes bench/results/latest.json. `npm run bench:full` measures longer, with more people
 * and messages; `npm run bench:ci` takes a minute, and fails where a ratio is under half of its bar, or under what it is known to reach.
 */
import { printTable, writeResults } from './figures.ts';
import { measureCosts } from './keys/costs.ts';
import { measureDispatching } from './keys/dispatching.ts';
import { measureGrowth, measureProcesses } from './keys/growth.ts';
import { measureMatching } from './keys/matching.ts';
import { measureMixed, measureSending } from './keys/sending.ts';
import { Load } from './load.ts';
import { Sending } from './messages.ts';
import { type FormName, FORMS, Run } from './run.ts';
import { Server } from './server.ts';
import { openWorld, type World } from './world.ts';

const form = (process.argv[2] ?? 'short') as FormName;
const only = process.argv.slice(3);
if (!(form in FORMS)) throw new Error(`There is no form ${form}, only ${Object.keys(FORMS).join(', ')}`);

const began = performance.now();
const server = await Server.start();
const run = new Run(FORMS[form], server);
try {
  const madeIn = performance.now() - began;
  const { people, businesses, manyPeople } = run.form;
  run.say(`Seeding ${people.toLocaleString('en')} people …`);
  const world = await openWorld(server, {
    people,
    signedIn: Math.min(8_000, people / 2),
    numbers: people / 2,
  });
  try {
    await firstMessage(world, madeIn);
    await measure('sending', () => measureSending(run, world));
    await measure('matching', () => measureMatching(run, world));
    if (form !== 'ci') await measure('costs', () => measureCosts(run, world));
    if (form !== 'ci') await measure('processes', () => measureProcesses(run, world));
    await measure('dispatching', () => measureDispatching(run, world));
  } finally {
    await world.close();
  }
  if (businesses > 0) await measure('mixed', () => measureMixed(run));
  if (manyPeople > 0) await measure('growth', () => measureGrowth(run));
} finally {
  await server.stop();
}
printTable(run.figures, run.facts);

if (form === 'ci') {
  const broken = run.figures.filter(({ ratio, mustReach, ceiling, least }) =>
    mustReach === null ? false : ceiling ? ratio > mustReach * 2 : ratio < (least ?? mustReach / 2),
  );
  for (const { key, ratio, least } of broken)
    console.error(`${key} is at ${ratio.toFixed(2)}: worse than ${least ?? 'half of its bar'}.`);
  if (broken.length > 0) process.exitCode = 1;
}

async function measure(name: string, work: () => Promise<void>): Promise<void> {
  if (only.length > 0 && !only.includes(name)) return;
  await work();
  writeResults(form, run.figures, run.facts); // each time: a run that is ended early has what it got to
}

/** From nothing at all to the first accepted message, without the seeding. */
async function firstMessage(world: World, madeIn: number): Promise<void> {
  const load = new Load(world.url, world.apiKey, 0);
  const asked = performance.now();
  const [business] = world.businesses;
  if (business) await new Sending(load, business).one();
  const ms = madeIn + world.api.startedIn + performance.now() - asked;
  await load.close();
  run.fact('start.empty', ms, 'ms', 'database made, schema migrated, API started, first message accepted');
}
