/** Sets of the words of a message, by name; they are collected word by word, and read as bigints of one bit a word. */
export class WordSets {
  private readonly sets = new Map<string, Uint8Array>();

  constructor(private readonly size: number) {}

  add(name: string, at: number): void {
    let set = this.sets.get(name);
    if (!set) this.sets.set(name, (set = new Uint8Array((this.size >> 3) + 1)));
    set[at >> 3] = (set[at >> 3] ?? 0) | (1 << (at & 7));
  }

  get(name: string): bigint {
    const set = this.sets.get(name);
    return set ? toBigInt(set) : 0n;
  }

  *[Symbol.iterator](): Generator<[string, bigint]> {
    for (const [name, set] of this.sets) yield [name, toBigInt(set)];
  }
}

/** The first byte lowest. */
function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}
