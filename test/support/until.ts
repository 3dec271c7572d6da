/** Waits until a condition holds, asking every 20 ms; fails with `what` after a time limit. */
export async function until<Value>(
  what: string,
  condition: () => Promise<Value | undefined | false>,
  limitMs = 15_000,
): Promise<Value> {
  const end = performance.now() + limitMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > end) throw new Error(`Waited ${limitMs} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
