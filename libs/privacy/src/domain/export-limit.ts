import type { DataExport } from './data-export.js';

/** From one export to the next that may be asked for: 24 hours. */
export const EXPORT_INTERVAL_MS = 24 * 60 * 60_000;

/** How long an export can be fetched: 7 days. */
export const EXPORT_MS = 7 * 24 * 60 * 60_000;

/** What asking for an export comes to. */
export type ExportVerdict = 'START' | { underWay: DataExport } | { retryAt: Date };

/**
 * Whether a person may have an export made now. One under way is the answer itself; one that failed does not count: the
 * person has got nothing from it.
 * @param recent those of the last 24 hours, in any order
 */
export function judgeExport(recent: readonly DataExport[], now: Date): ExportVerdict {
  const underWay = recent.find(({ status }) => status === 'QUEUED' || status === 'RUNNING');
  if (underWay) return { underWay };
  const last = Math.max(
    ...recent.filter(({ status }) => status === 'READY').map(({ requestedAt }) => requestedAt.getTime()),
  );
  const retryAt = last + EXPORT_INTERVAL_MS;
  return retryAt > now.getTime() ? { retryAt: new Date(retryAt) } : 'START';
}
