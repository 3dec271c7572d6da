import { LRUCache } from 'lru-cache';

/** Keeps the most recently used values, up to a limit, of something that can always be computed again. */
export class BoundedCache<Key extends string | number, Value extends string | number | object | true> {
  private readonly entries: LRUCache<Key, Value>;

  constructor(limit: number) {
    this.entries = new LRUCache({ max: limit });
  }

  get size(): number {
    return this.entries.size;
  }

  /** The value kept for a key, for whoever has to wait for what it would be computed from. */
  find(key: Key): Value | undefined {
    return this.entries.get(key);
  }

  /** The value kept for a key, or the one that `compute` makes, which is then kept. */
  get(key: Key, compute: () => Value): Value {
    const kept = this.entries.get(key);
    if (kept !== undefined) return kept;
    const value = compute();
    this.entries.set(key, value);
    return value;
  }

  /** Keeps a value that may replace an older one. */
  set(key: Key, value: Value): void {
    this.entries.set(key, value);
  }
}
