import { describe, expect, it } from '@jest/globals';
import { Counter, exposition, Gauge, Histogram, MOST_SERIES } from './meters.js';

const linesOf = (name: string) =>
  exposition()
    .split('\n')
    .filter((line) => line.startsWith(name) || line.startsWith(`# TYPE ${name} `));

describe('meters', () => {
  it('count by label, and escape what a label holds', () => {
    const counter = new Counter('test_counts_total', 'Counts.', ['kind', 'outcome']);
    counter.add(1, 'a', 'ok');
    counter.add(2, 'a', 'ok');
    counter.add(1, 'a"\\\n', 'ok');
    expect(linesOf('test_counts_total')).toEqual([
      '# TYPE test_counts_total counter',
      'test_counts_total{kind="a",outcome="ok"} 3',
      'test_counts_total{kind="a\\"\\\\\\n",outcome="ok"} 1',
    ]);
  });

  it('show the last value of a gauge', () => {
    const gauge = new Gauge('test_gauge', 'Goes up and down.');
    gauge.set(4);
    gauge.set(2.5);
    expect(linesOf('test_gauge')).toEqual(['# TYPE test_gauge gauge', 'test_gauge 2.5']);
  });

  it('put what they observe into steps that include all below', () => {
    const histogram = new Histogram('test_seconds', 'Times.', ['of'], [0.1, 1]);
    for (const seconds of [0.1, 0.5, 3]) histogram.observe(seconds, 'x');
    expect(linesOf('test_seconds')).toEqual([
      '# TYPE test_seconds histogram',
      'test_seconds_bucket{of="x",le="0.1"} 1',
      'test_seconds_bucket{of="x",le="1"} 2',
      'test_seconds_bucket{of="x",le="+Inf"} 3',
      'test_seconds_sum{of="x"} 3.6',
      'test_seconds_count{of="x"} 3',
    ]);
  });

  it('have a bound on their labels', () => {
    const counter = new Counter('test_many_total', 'Too many.', ['id']);
    for (let id = 0; id < MOST_SERIES + 100; id++) counter.add(1, `id-${id}`);
    const lines = linesOf('test_many_total{');
    expect(lines).toHaveLength(MOST_SERIES + 1);
    expect(lines.at(-1)).toBe('test_many_total{id="other"} 100');
  });

  it('have names of their own', () => {
    expect(() => new Gauge('test_gauge', 'Again.')).toThrow('two meters');
  });
});
