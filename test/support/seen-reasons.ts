import { appendFileSync } from 'node:fs';

/** Fields that hold a reason, and nothing personal. */
const FIELDS = new Set(['reason', 'deferredBecause']);
const REASON = /^[A-Z][A-Z_]{2,59}$/;
const noted = new Set<string>();

/** Notes the reasons in an answer, each once, in the file that TEST_REASONS_SEEN names: names only, and only documented ones are looked for. */
export function noteReasons(data: unknown): void {
  const file = process.env['TEST_REASONS_SEEN'];
  if (!file) return;
  for (const reason of reasonsIn(data)) {
    if (noted.has(reason)) continue;
    noted.add(reason);
    appendFileSync(file, `${reason}\n`);
  }
}

function reasonsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    if (typeof inner === 'string') return FIELDS.has(field) && REASON.test(inner) ? [inner] : [];
    return reasonsIn(inner);
  });
}
