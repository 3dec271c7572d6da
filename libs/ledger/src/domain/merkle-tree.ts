/**
 * The shape of the Merkle tree of a log (RFC 9162, section 2.1), without its hashing: which complete subtrees a
 * root, a proof or an append is made of. A complete subtree never changes again, so these are what is stored.
 */

/** The complete subtree of the 2^level leaves from leaf `index · 2^level` on. */
export interface Subtree {
  level: number;
  index: number;
}

/** A complete subtree with the hash of its root. */
export interface HashedSubtree<Hash> extends Subtree {
  hash: Hash;
}

/** Leaves from `from` up to but not including `to`. */
export interface LeafRange {
  from: number;
  to: number;
}

/** The hash of a node, from those of its two children. */
export type Combine<Hash> = (left: Hash, right: Hash) => Hash;

/**
 * The complete subtrees that a range consists of, largest first; at most one for each binary digit of its length.
 * `from` is 0 or the start of a right-hand half, so that they lie where RFC 9162 puts them.
 */
export function subtreesOf({ from, to }: LeafRange): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = from; at < to;) {
    const { level, leaves } = largestWithin(to - at);
    subtrees.push({ level, index: at / leaves });
    at += leaves;
  }
  return subtrees;
}

/** The hash over a range, from the hashes of its `subtreesOf`; undefined for an empty range. */
export function hashOver<Hash>(hashes: readonly Hash[], combine: Combine<Hash>): Hash | undefined {
  return hashes.length === 0 ? undefined : hashes.reduceRight((right, left) => combine(left, right));
}

/**
 * What appending leaves makes: every subtree that becomes complete, and the subtrees that the grown tree consists of.
 * @param frontier the subtrees of the tree so far, as `subtreesOf` names them
 */
export function grow<Hash>(
  frontier: readonly HashedSubtree<Hash>[],
  leaves: readonly Hash[],
  combine: Combine<Hash>,
): { completed: HashedSubtree<Hash>[]; frontier: HashedSubtree<Hash>[] } {
  const completed: HashedSubtree<Hash>[] = [];
  const edge = [...frontier];
  let size = frontier.reduce((sum, { level }) => sum + 2 ** level, 0);
  for (const hash of leaves) {
    let node: HashedSubtree<Hash> = { level: 0, index: size, hash };
    completed.push(node);
    for (let left = edge.at(-1); left?.level === node.level; left = edge.at(-1)) {
      edge.pop();
      node = { level: node.level + 1, index: left.index / 2, hash: combine(left.hash, node.hash) };
      completed.push(node);
    }
    edge.push(node);
    size += 1;
  }
  return { completed, frontier: edge };
}

/** The ranges whose hashes prove that a leaf is in a tree, from the leaf's sibling up: PATH of RFC 9162, 2.1.3.1. */
export function inclusionPath(leaf: number, size: number): LeafRange[] {
  if (!(leaf >= 0 && leaf < size)) throw new Error(`Leaf ${leaf} is not in a tree of ${size}`);
  const siblings: LeafRange[] = [];
  let { from, to } = { from: 0, to: size };
  while (to - from > 1) {
    const middle = splitOf({ from, to });
    if (leaf < middle) {
      siblings.push({ from: middle, to });
      to = middle;
    } else {
      siblings.push({ from, to: middle });
      from = middle;
    }
  }
  return siblings.reverse();
}

/** The ranges whose hashes prove that a tree is the beginning of a larger one: PROOF of RFC 9162, 2.1.4.1. */
export function consistencyPath(older: number, newer: number): LeafRange[] {
  if (!(older > 0 && older <= newer))
    throw new Error(`No tree of ${older} is the beginning of one of ${newer}`);
  const parts: LeafRange[] = [];
  let { from, to } = { from: 0, to: newer };
  while (older !== to) {
    const middle = splitOf({ from, to });
    if (older <= middle) {
      parts.push({ from: middle, to });
      to = middle;
    } else {
      parts.push({ from, to: middle });
      from = middle;
    }
  }
  // Whoever holds the older root knows this part where it is all of that tree.
  if (from > 0) parts.push({ from, to });
  return parts.reverse();
}

/** Where a range of more than one leaf is split: after the largest power of two that is less than its length. */
function splitOf({ from, to }: LeafRange): number {
  return from + largestWithin(to - from - 1).leaves;
}

/** By doubling, since bitwise operators end at 32 bits and logarithms round. */
function largestWithin(length: number): { level: number; leaves: number } {
  let [level, leaves] = [0, 1];
  while (leaves * 2 <= length) [level, leaves] = [level + 1, leaves * 2];
  return { level, leaves };
}
