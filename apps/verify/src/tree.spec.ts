import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hashLeaf, rootByInclusion, Tree } from './tree.js';

/** MTH and PATH of RFC 9162, as they are defined. */
const node = (left: Buffer, right: Buffer) =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.of(1), left, right]))
    .digest();
const half = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1);
function mth(d: Buffer[]): Buffer {
  if (d.length === 1) return d[0]!;
  return node(mth(d.slice(0, half(d.length))), mth(d.slice(half(d.length))));
}
function path(m: number, d: Buffer[]): Buffer[] {
  if (d.length === 1) return [];
  const k = half(d.length);
  return m < k
    ? [...path(m, d.slice(0, k)), mth(d.slice(k))]
    : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
}

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

describe('the tree', () => {
  it('has the roots of the vectors of Certificate Transparency', () => {
    const tree = new Tree();
    expect(tree.root().toString('hex')).toMatch(/^e3b0c44298fc1c14/);
    const roots = LEAVES.map((leaf) => {
      tree.append(hashLeaf(Buffer.from(leaf, 'hex')));
      return tree.root().toString('hex');
    });
    expect(roots[0]).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(roots[4]).toBe('4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4');
    expect(roots[7]).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  it('has the root of the definition, and takes a proof of a leaf for that leaf and that tree only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, a, b) => {
        const leaves = Array.from({ length: size }, (_, at) => hashLeaf(Buffer.from([at])));
        const tree = new Tree();
        for (const leaf of leaves) tree.append(leaf);
        expect(tree.root()).toEqual(mth(leaves));

        const index = a % size;
        const proof = path(index, leaves);
        expect(rootByInclusion(index, size, leaves[index]!, proof)).toEqual(mth(leaves));
        const other = b % size;
        if (other !== index) {
          expect(rootByInclusion(other, size, leaves[index]!, proof)).not.toEqual(mth(leaves));
          expect(rootByInclusion(index, size, leaves[other]!, proof)).not.toEqual(mth(leaves));
        }
        expect(rootByInclusion(index, size, leaves[index]!, [...proof, mth(leaves)])).toBeUndefined();
        if (proof.length > 0) {
          expect(rootByInclusion(index, size, leaves[index]!, proof.slice(1))).not.toEqual(mth(leaves));
        }
        expect(rootByInclusion(size, size, leaves[index]!, proof)).toBeUndefined();
      }),
    );
  });
});
