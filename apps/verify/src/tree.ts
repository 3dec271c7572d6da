import { sha256 } from './bytes.js';

// The tree of RFC 9162, section 2.1, followed as the RFC describes verification; nothing is shared with the server.

const LEAF = Buffer.of(0x00);
const NODE = Buffer.of(0x01);

/** The hash of a leaf that consists of these bytes. */
export function hashLeaf(data: Uint8Array): Buffer {
  return sha256(LEAF, data);
}

function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(NODE, left, right);
}

/** A tree that leaves are appended to; it keeps only the hashes along its right edge. */
export class Tree {
  size = 0;
  private readonly edge: Buffer[] = [];

  append(leaf: Buffer): void {
    let hash = leaf;
    // Adding a leaf carries like adding one to a binary number: each trailing one is a subtree that becomes whole.
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) {
      hash = hashNode(this.edge.pop() ?? Buffer.alloc(0), hash);
    }
    this.edge.push(hash);
    this.size += 1;
  }

  /** The root hash now. */
  root(): Buffer {
    let root: Buffer | undefined;
    for (const hash of this.edge.toReversed()) root = root ? hashNode(hash, root) : hash;
    return root ?? sha256();
  }
}

/** The root that an inclusion proof leads to, by RFC 9162, 2.1.3.2; undefined where it has the wrong length. */
export function rootByInclusion(
  index: number,
  size: number,
  leaf: Buffer,
  path: readonly Buffer[],
): Buffer | undefined {
  if (index >= size) return undefined;
  let [fn, sn, root] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      root = hashNode(sibling, root);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      root = hashNode(root, sibling);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 ? root : undefined;
}
