import { setTimeout as wait } from 'node:timers/promises';

/** Something happened otherwise than it must. */
export class Difference extends Error {}

/** A refusal, as every operation of the platform explains it. */
export interface Refusal {
  reason: string;
  message: string;
  retryAt: string | null;
}

const NAME_WIDTH = 25;
const INDENT = '    ';
const QUOTE_WIDTH = 70;

let chapters = 0;
let checks = 0;

/** How many things were checked so far. */
export function checked(): number {
  return checks;
}

/** Begins a numbered section. */
export function chapter(title: string): void {
  chapters += 1;
  console.log(`\n${String(chapters).padStart(2)}  ${title}`);
}

/** Says what was done and what came of it. */
export function say(name: string, outcome: string, ...more: string[]): void {
  console.log(`${INDENT}${name.padEnd(NAME_WIDTH)}${outcome}`);
  for (const line of more) console.log(`${INDENT}${' '.repeat(NAME_WIDTH)}${line}`);
}

/** Says how the platform explained a refusal, and checks that it is the one that must come. */
export function sayRefused(name: string, refusal: Partial<Refusal>, reason: string): void {
  check(`${name} is refused with ${reason}`, refusal.reason === reason, refusal.reason ?? 'accepted');
  const retry = refusal.retryAt ? `, retryAt ${clock(refusal.retryAt)}` : '';
  say(name, `refused: ${reason}${retry}`, ...wrapped(`“${refusal.message ?? ''}”`));
}

/** A text in lines that are not too long. */
export function wrapped(text: string): string[] {
  return (text.match(new RegExp(`.{1,${QUOTE_WIDTH}}(?: |$)|\\S+`, 'g')) ?? []).map((line) => line.trim());
}

/** Stops the demo where something differs from what must happen. */
export function check(what: string, holds: boolean, instead: unknown = 'it did not'): asserts holds {
  checks += 1;
  if (!holds)
    throw new Difference(`What must happen: ${what}.\n${INDENT}What happened:    ${String(instead)}.`);
}

/** Does something long, showing how far it is, and says what came of it and how long it took. */
export async function long<Result>(
  name: string,
  work: (progress: (text: string) => void) => Promise<Result>,
  outcome: (result: Result) => string,
): Promise<Result> {
  const since = performance.now();
  const progress = (text: string) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${INDENT}${name.padEnd(NAME_WIDTH)}${text}\u001b[K`);
  };
  progress('…');
  const result = await work(progress).finally(() => {
    if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
  });
  say(name, `${outcome(result)} (${((performance.now() - since) / 1_000).toFixed(1)} s)`);
  return result;
}

/** After a crash of the platform, what a worker was at work on is taken up again within half a minute. */
const PATIENCE_MS = 60_000;

/** Waits until something is there, asking every 50 ms; it must be there within a minute. */
export async function until<Value>(what: string, ask: () => Promise<Value | undefined>): Promise<Value> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    check(what, performance.now() < end, 'not within a minute');
    await wait(50);
  }
}

/** Works on many things, a few at a time; results are in the order of the things. */
export async function forEach<Thing, Result>(
  things: readonly Thing[],
  atATime: number,
  work: (thing: Thing, at: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const todo = things.entries();
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      for (const [at, thing] of todo) results[at] = await work(thing, at);
    }),
  );
  return results;
}

/** A time of day (UTC) with milliseconds, as limits are that exact. */
export function clock(time: string): string {
  return new Date(time).toISOString().slice(11, 23);
}

/** A number with its thousands apart. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}
