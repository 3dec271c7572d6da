/** Keeps the most recently used values, up to a limit, of something that can always be computed again. */
export class BoundedCache<Key, Value> {
  private readonly entries = new Map<Key, Value>();

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.entries.size;
  }

  /** The value kept for a key, for whoever has to wait for what it would be computed from. */
  find(key: Key): Value | undefined {
    const kept = this.entries.get(key);
    if (kept !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, kept);
    }
    return kept;
  }

  /** The value kept for a key, or the one that `compute` makes, which is then kept. */
  get(key: Key, compute: () => Value): Value {
    const kept = this.find(key);
    if (kept !== undefined) return kept;
    const value = compute();
    this.entries.set(key, value);
    if (this.entries.size > this.limit) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
    return value;
  }
}
