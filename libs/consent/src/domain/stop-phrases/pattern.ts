import { normalise, squeeze } from './normalise.js';

/**
 * Patterns over the words of a message, and their search in all places at once: a set of places is a bigint with one bit a
 * word, so a step of a pattern is a handful of operations on bits. How many there are depends on the pattern alone, never on
 * what somebody wrote: there is nothing to make slow.
 *
 * A pattern is written as steps between blanks:
 *   `stop`      this word               `MSG`      any word with this meaning        `texts|MSG`  one of several
 *   `please?`   this word or nothing    `,`        a comma, or a dash
 *   `~3`        up to three words of any kind; in a shield, none of them a comma: that takes `~~3`
 *   `^` `$`     nothing but fillers before it, behind it, in its sentence: please, now, thanks
 *   `[stop]`    the word that the match is about, else the last one
 * No match reaches over the end of a sentence.
 */
export interface Pattern {
  steps: readonly Step[];
  /** The step whose words are what the match is about. */
  about: number;
}

/** One of several words and meanings. */
export interface WordStep {
  kind: 'WORD';
  words: readonly string[];
  meanings: readonly string[];
  optional: boolean;
}

export type Step = WordStep | { kind: 'GAP'; most: number; overCommas: boolean } | { kind: 'BEGIN' | 'END' };

/** Where in a message what is: one bit a word, the first word lowest. */
export interface Places {
  /** Where a step's words are. */
  of: (step: WordStep) => bigint;
  all: bigint;
  commas: bigint;
  /** Last words of sentences. */
  ends: bigint;
  /** Words with nothing but fillers before them in their sentences. */
  opening: bigint;
  /** Words with nothing but fillers behind them in their sentences. */
  closing: bigint;
}

/** Reads a pattern; throws where it is not one. */
export function parsePattern(source: string, { overCommas = true } = {}): Pattern {
  const parts = source.split(' ');
  const steps = parts.map((part) => toStep(part, overCommas));
  const bracketed = parts.findIndex((part) => part.startsWith('['));
  const about =
    bracketed >= 0 ? bracketed : steps.findLastIndex((step) => step.kind === 'WORD' && !step.optional);
  const step = steps[about];
  if (step?.kind !== 'WORD' || step.optional) throw new Error(`Not a pattern: ${source}`);
  return { steps, about };
}

function toStep(part: string, overCommas: boolean): Step {
  if (part === '^') return { kind: 'BEGIN' };
  if (part === '$') return { kind: 'END' };
  const [, tildes, most] = /^(~{1,2})([1-9]\d?)$/.exec(part) ?? [];
  if (most !== undefined) {
    return { kind: 'GAP', most: Number(most), overCommas: overCommas || tildes === '~~' };
  }
  const [, list, optional] = /^\[?([\p{L}\p{N}_,*|]+)\]?(\?)?$/u.exec(part) ?? [];
  if (list === undefined) throw new Error(`Not a step of a pattern: ${part}`);
  const names = list.split('|');
  return {
    kind: 'WORD',
    words: names.filter((name) => !isMeaning(name)).flatMap(spellings),
    meanings: names.filter(isMeaning),
    optional: optional !== undefined,
  };
}

const isMeaning = (name: string) => /^[A-Z]/.test(name);

/** How a listed word may come: squeezed, and with ae, oe and ue where somebody's keyboard has no ä, ö and ü. */
export function spellings(word: string): string[] {
  const plain = squeeze(normalise(word));
  const without = squeeze(normalise(word.replace(/[äöü]/g, '$&e')));
  return plain === without ? [plain] : [plain, without];
}

/** The words of a message that a pattern is about, wherever it matches. */
export function find({ steps, about }: Pattern, places: Places): bigint {
  const found = forward(steps.slice(0, about + 1), places);
  return found && found & backward(steps.slice(about + 1), places);
}

/** The places of the last word of what matches. */
function forward(steps: readonly Step[], places: Places): bigint {
  const after = (words: bigint) => (words & ~places.ends & places.all) << 1n;
  let next = places.all;
  let last = 0n;
  for (const step of steps) {
    if (step.kind === 'BEGIN') next &= places.opening;
    else if (step.kind === 'GAP') {
      for (let n = 0; n < step.most; n += 1) next |= after(step.overCommas ? next : next & ~places.commas);
    } else if (step.kind === 'WORD') {
      last = next & places.of(step);
      next = step.optional ? next | after(last) : after(last);
    }
    if (next === 0n && last === 0n) return 0n;
  }
  return last;
}

/** The places after which the steps match. */
function backward(steps: readonly Step[], places: Places): bigint {
  const before = (words: bigint) => (words >> 1n) & ~places.ends;
  let found = places.all;
  for (const step of steps.toReversed()) {
    if (step.kind === 'END') found &= places.closing;
    else if (step.kind === 'GAP') {
      for (let n = 0; n < step.most; n += 1)
        found |= before(step.overCommas ? found : found & ~places.commas);
    } else if (step.kind === 'WORD') {
      const words = before(found & places.of(step));
      found = step.optional ? found | words : words;
    }
  }
  return found;
}
