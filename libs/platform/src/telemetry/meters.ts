/**
 * Counts and times of this process, in the text format 0.0.4 of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/).
 * Labels hold names from the code, never ids, numbers or content. They last as long as the process, as everything that reads them assumes.
 */

/** Beyond so many combinations of labels of one meter, further ones count as `other`: a mistake must not fill the memory. */
export const MOST_SERIES = 1_000;
const OTHER = 'other';

abstract class Meter<Value> {
  protected readonly series = new Map<string, { labels: string; value: Value }>();

  constructor(
    readonly name: string,
    private readonly help: string,
    private readonly kind: 'counter' | 'gauge' | 'histogram',
    private readonly labelNames: readonly string[],
  ) {
    if (METERS.has(name)) throw new Error(`There are two meters ${name}`);
    METERS.set(name, this);
  }

  /** All of it, as Prometheus reads it. */
  exposition(): string {
    const lines = [...this.series.values()].flatMap(({ labels, value }) => this.lines(labels, value));
    return [`# HELP ${this.name} ${this.help}`, `# TYPE ${this.name} ${this.kind}`, ...lines, ''].join('\n');
  }

  protected valueOf(labels: readonly string[], fresh: () => Value): { labels: string; value: Value } {
    const key = labels.join('\n');
    const known = this.series.get(key);
    if (known) return known;
    if (this.series.size >= MOST_SERIES && labels.some((label) => label !== OTHER)) {
      return this.valueOf(
        labels.map(() => OTHER),
        fresh,
      );
    }
    const made = { labels: this.written(labels), value: fresh() };
    this.series.set(key, made);
    return made;
  }

  protected abstract lines(labels: string, value: Value): string[];

  private written(labels: readonly string[]): string {
    return this.labelNames.map((name, at) => `${name}="${escaped(labels[at] ?? '')}"`).join(',');
  }
}

const METERS = new Map<string, { exposition(): string }>();
const fresh = () => 0;

/** Something that only grows. */
export class Counter extends Meter<number> {
  constructor(name: string, help: string, labelNames: readonly string[] = []) {
    super(name, help, 'counter', labelNames);
  }

  add(amount: number, ...labels: string[]): void {
    this.valueOf(labels, fresh).value += amount;
  }

  /** For what somebody else counts. */
  set(total: number, ...labels: string[]): void {
    this.valueOf(labels, fresh).value = total;
  }

  protected lines(labels: string, value: number): string[] {
    return [line(this.name, labels, value)];
  }
}

/** Something that goes up and down. */
export class Gauge extends Meter<number> {
  constructor(name: string, help: string, labelNames: readonly string[] = []) {
    super(name, help, 'gauge', labelNames);
  }

  set(value: number, ...labels: string[]): void {
    this.valueOf(labels, fresh).value = value;
  }

  protected lines(labels: string, value: number): string[] {
    return [line(this.name, labels, value)];
  }
}

interface Observed {
  /** How many fell into each step, the last one: beyond all. */
  counts: number[];
  sum: number;
}

/** How long something took, in seconds, in steps. */
export class Histogram extends Meter<Observed> {
  constructor(
    name: string,
    help: string,
    labelNames: readonly string[],
    /** Upper ends of the steps, ascending. */
    private readonly steps: readonly number[],
  ) {
    super(name, help, 'histogram', labelNames);
  }

  observe(seconds: number, ...labels: string[]): void {
    const { value } = this.valueOf(labels, () => ({ counts: this.steps.map(fresh).concat(0), sum: 0 }));
    const step = this.steps.findIndex((end) => seconds <= end);
    const at = step < 0 ? this.steps.length : step;
    value.counts[at] = (value.counts[at] ?? 0) + 1;
    value.sum += seconds;
  }

  protected lines(labels: string, { counts, sum }: Observed): string[] {
    let below = 0;
    const steps = counts.map((count, at) => {
      below += count;
      const end = `le="${this.steps[at] ?? '+Inf'}"`;
      return line(`${this.name}_bucket`, labels ? `${labels},${end}` : end, below);
    });
    return [...steps, line(`${this.name}_sum`, labels, sum), line(`${this.name}_count`, labels, below)];
  }
}

/** Steps for answers and waits, in seconds. */
export const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** All meters of the process. */
export function exposition(): string {
  return [...METERS.values()].map((meter) => meter.exposition()).join('');
}

/** Names of all meters that the loaded code has. */
export function meterNames(): string[] {
  return [...METERS.keys()];
}

function line(name: string, labels: string, value: number): string {
  return labels ? `${name}{${labels}} ${value}` : `${name} ${value}`;
}

function escaped(label: string): string {
  return label.replace(/[\\"\n]/g, (letter) => (letter === '\n' ? '\\n' : `\\${letter}`));
}
