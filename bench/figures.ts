/** Figures, their limits and bars: alternating rounds, a table, and bench/results/latest.json. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** What a figure is, and what it is divided by. */
export interface Measured {
  key: string;
  unit: string;
  /** Name of the limit that the value is divided by. */
  limit: string;
  /** What the ratio has to reach, or for a `ceiling` must not exceed; null: it is only reported. */
  mustReach: number | null;
  aim: number | null;
  ceiling?: boolean;
  /** What CI fails under instead of half of the bar, while a figure is below that: it must not get worse unnoticed. */
  least?: number;
}

/** A figure with what its rounds gave. */
export interface Figure extends Measured {
  value: number;
  limitValue: number;
  ratio: number;
  spread: [number, number];
  rounds: number;
  /** Undefined where there is no bar. */
  reached: boolean | undefined;
  note: string | undefined;
}

/** A figure that is only reported. */
export interface Fact {
  key: string;
  value: number;
  unit: string;
  note?: string;
}

/** Values and limits of rounds that alternated; the ratio is the median of the rounds' own ratios. */
export class Rounds {
  private readonly values: number[] = [];
  private readonly limits: number[] = [];
  private readonly measured: Measured;

  constructor(measured: Measured) {
    this.measured = measured;
  }

  add(value: number, limit: number): void {
    this.values.push(value);
    this.limits.push(limit);
  }

  figure(note?: string): Figure {
    const { mustReach, ceiling } = this.measured;
    const ratios = this.values.map((value, at) => value / (this.limits[at] ?? NaN));
    const ratio = median(ratios);
    return {
      ...this.measured,
      value: median(this.values),
      limitValue: median(this.limits),
      ratio,
      spread: [Math.min(...ratios), Math.max(...ratios)],
      rounds: ratios.length,
      reached: mustReach === null ? undefined : ceiling ? ratio <= mustReach : ratio >= mustReach,
      note,
    };
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Between neighbours where it falls between two. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
  return low + (high - low) * (place - Math.floor(place));
}

const COLUMNS = [
  ['figure', 20],
  ['value', 20],
  ['limit', 34],
  ['ratio', 8],
  ['spread', 15],
  ['must', 7],
  ['aim', 7],
] as const;

export function printTable(figures: readonly Figure[], facts: readonly Fact[]): void {
  const line = (cells: string[]) =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(COLUMNS[0][1]) : cell.padStart(COLUMNS[at]?.[1] ?? 0)))
      .join('');
  console.log(`\n${line(COLUMNS.map(([name]) => name))}`);
  for (const figure of figures) {
    const bound = figure.ceiling ? '≤ ' : '';
    console.log(
      line([
        figure.key,
        `${short(figure.value)} ${figure.unit}`,
        `${figure.limit} ${short(figure.limitValue)}`,
        figure.ratio.toFixed(2),
        figure.spread.map((end) => end.toFixed(2)).join('–'),
        figure.mustReach === null ? '–' : bound + String(figure.mustReach),
        figure.aim === null ? '–' : bound + String(figure.aim),
      ]) + (figure.reached === false ? '  missed' : ''),
    );
    if (figure.note) console.log(`${' '.repeat(COLUMNS[0][1])}${figure.note}`);
  }
  if (facts.length > 0) console.log('');
  for (const { key, value, unit, note } of facts)
    console.log(`${key.padEnd(34)}${`${short(value)} ${unit}`.padStart(20)}${note ? `  ${note}` : ''}`);
}

export function short(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

/** Writes bench/results/latest.json. */
export function writeResults(form: string, figures: readonly Figure[], facts: readonly Fact[]): void {
  const machine = {
    processors: availableParallelism(),
    model: cpus()[0]?.model ?? 'unknown',
    memoryGB: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    /** How busy others kept the machine, at the end of the run. */
    load: loadavg(),
  };
  const keyed = Object.fromEntries(
    figures.map(({ key, limit, limitValue, mustReach, ...figure }) => [
      key,
      { ...figure, limit: { name: limit, value: limitValue }, bar: mustReach },
    ]),
  );
  const reported = Object.fromEntries(facts.map(({ key, ...fact }) => [key, fact]));
  mkdirSync('bench/results', { recursive: true });
  writeFileSync(
    'bench/results/latest.json',
    `${JSON.stringify({ form, at: new Date().toISOString(), commit: commit(), machine, figures: keyed, reported }, null, 2)}\n`,
  );
}

function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
