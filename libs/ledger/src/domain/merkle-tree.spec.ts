import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyPath,
  grow,
  hashOver,
  type HashedSubtree,
  inclusionPath,
  type LeafRange,
  subtreesOf,
} from './merkle-tree.js';

const sha256 = (...parts: (Buffer | number[])[]) =>
  createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest();
const leafHash = (data: Buffer) => sha256([0], data);
const combine = (left: Buffer, right: Buffer) => sha256([1], left, right);

/** A log that keeps complete subtrees as the database does, and answers from nothing else. */
class Log {
  private readonly nodes = new Map<string, Buffer>();
  private frontier: HashedSubtree<Buffer>[] = [];
  size = 0;

  append(...leaves: Buffer[]): void {
    const { completed, frontier } = grow(this.frontier, leaves, combine);
    for (const { level, index, hash } of completed) {
      expect(this.nodes.has(`${level}/${index}`)).toBe(false);
      this.nodes.set(`${level}/${index}`, hash);
    }
    this.frontier = frontier;
    this.size += leaves.length;
  }

  hash(range: LeafRange): Buffer {
    const hashes = subtreesOf(range).map(({ level, index }) => this.nodes.get(`${level}/${index}`)!);
    expect(hashes).not.toContain(undefined);
    return hashOver(hashes, combine)!;
  }

  root(size = this.size) {
    return this.hash({ from: 0, to: size });
  }
}

/** MTH, PATH and SUBPROOF as RFC 9162 defines them, on all the leaves and by recursion. */
const half = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1);
function mth(d: Buffer[]): Buffer {
  if (d.length === 1) return d[0]!;
  const k = half(d.length);
  return combine(mth(d.slice(0, k)), mth(d.slice(k)));
}
function path(m: number, d: Buffer[]): Buffer[] {
  if (d.length === 1) return [];
  const k = half(d.length);
  return m < k
    ? [...path(m, d.slice(0, k)), mth(d.slice(k))]
    : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
}
function subproof(m: number, d: Buffer[], known: boolean): Buffer[] {
  if (m === d.length) return known ? [] : [mth(d)];
  const k = half(d.length);
  return m <= k
    ? [...subproof(m, d.slice(0, k), known), mth(d.slice(k))]
    : [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))];
}

// Of certificate-transparency-go and transparency-dev/merkle: eight leaves, the roots of 1 to 8 of them, and proofs.
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const INCLUSION: [leaf: number, size: number, proof: string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
const CONSISTENCY: [older: number, newer: number, proof: string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

describe('the published vectors', () => {
  const log = new Log();
  log.append(...LEAVES.map((leaf) => leafHash(Buffer.from(leaf, 'hex'))));
  const hex = (ranges: LeafRange[]) => ranges.map((range) => log.hash(range).toString('hex'));

  it.each(ROOTS.map((root, at) => [at + 1, root]))('the root of the first %i leaves', (size, root) => {
    expect(log.root(size as number).toString('hex')).toBe(root);
  });

  it.each(INCLUSION)('leaf %i in the tree of %i', (leaf, size, proof) => {
    expect(hex(inclusionPath(leaf, size))).toEqual(proof);
  });

  it.each(CONSISTENCY)('the tree of %i as the beginning of that of %i', (older, newer, proof) => {
    expect(hex(consistencyPath(older, newer))).toEqual(proof);
  });
});

describe('any tree', () => {
  const leaves = Array.from({ length: 300 }, (_, at) => leafHash(Buffer.from(String(at))));
  const sizes = fc.integer({ min: 1, max: leaves.length });
  /** The same leaves, appended in batches of any sizes. */
  const grown = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 12 }).map((batches) => {
    const log = new Log();
    for (const batch of [...batches, leaves.length]) log.append(...leaves.slice(log.size, log.size + batch));
    return log;
  });

  it('has the root and the proofs of the recursive definition, whatever batches it grew by', () => {
    fc.assert(
      fc.property(grown, sizes, fc.nat(), fc.nat(), (log, size, a, b) => {
        const tree = leaves.slice(0, size);
        const [leaf, older] = [a % size, (b % size) + 1];
        expect(log.root(size)).toEqual(mth(tree));
        expect(inclusionPath(leaf, size).map((range) => log.hash(range))).toEqual(path(leaf, tree));
        expect(consistencyPath(older, size).map((range) => log.hash(range))).toEqual(
          subproof(older, tree, true),
        );
      }),
    );
  });

  it('stores each subtree once, fewer than two for a leaf, and reads few for a proof', () => {
    let stored = 0;
    const { frontier } = grow([], leaves, (left, right) => ((stored += 1), combine(left, right)));
    expect(stored).toBeLessThan(leaves.length);
    expect(frontier.length).toBeLessThanOrEqual(9);
    const size = 2 ** 40 + 2 ** 33 - 1;
    for (const leaf of [0, 12_345_678_901, size - 1]) {
      expect(inclusionPath(leaf, size).flatMap(subtreesOf).length).toBeLessThanOrEqual(2 * 41);
    }
  });

  it('keeps its shape beyond 32 bits', () => {
    const size = 2 ** 33 + 1;
    expect(subtreesOf({ from: 0, to: size })).toEqual([
      { level: 33, index: 0 },
      { level: 0, index: 2 ** 33 },
    ]);
    expect(inclusionPath(2 ** 33, size)).toEqual([{ from: 0, to: 2 ** 33 }]);
  });

  it('proves nothing about a leaf or a tree that is not in it', () => {
    expect(() => inclusionPath(3, 3)).toThrow(/not in a tree/);
    expect(() => consistencyPath(0, 3)).toThrow(/beginning/);
    expect(() => consistencyPath(4, 3)).toThrow(/beginning/);
  });
});
