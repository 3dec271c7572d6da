import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { BadInputError, parseInput } from './bad-input.js';

const schema = z.object({
  name: z.string().trim().min(1, 'must have 1 to 10 characters').max(10, 'must have 1 to 10 characters'),
  lines: z
    .array(z.object({ count: z.int('must be a whole number') }))
    .max(100, 'must have at most 100 items'),
});

function faultsOf(input: unknown, root?: string) {
  try {
    parseInput(schema, input, root);
    return undefined;
  } catch (error) {
    if (error instanceof BadInputError) return error.faults;
    throw error;
  }
}

describe('parsing an input', () => {
  it('answers with the input as its schema wants it', () => {
    expect(parseInput(schema, { name: ' Ada ', lines: [], other: 1 })).toEqual({ name: 'Ada', lines: [] });
  });

  it('names the field, as written in the operation, and the rule', () => {
    expect(faultsOf({ name: 'Ada', lines: [{ count: 1 }, { count: 1.5 }] })).toEqual([
      { field: 'input.lines[1].count', rule: 'must be a whole number' },
    ]);
    expect(faultsOf({ name: '', lines: [] }, 'arguments')).toEqual([
      { field: 'arguments.name', rule: 'must have 1 to 10 characters' },
    ]);
    expect(faultsOf(null)?.[0]?.field).toBe('input');
  });

  it('puts the first fault into its message', () => {
    expect(() => parseInput(schema, { name: '', lines: [] })).toThrow(
      'input.name must have 1 to 10 characters',
    );
  });

  it('names up to 20 faults', () => {
    const lines = Array.from({ length: 50 }, () => ({ count: 'x' }));
    expect(faultsOf({ name: 'Ada', lines })).toHaveLength(20);
  });

  it('never quotes a value', () => {
    const faults = faultsOf({ name: 'a secret that is too long', lines: [{ count: '+49 170 1234567' }] });
    expect(faults).toHaveLength(2);
    expect(JSON.stringify(faults)).not.toMatch(/secret|170/);
  });
});
