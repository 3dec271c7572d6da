import { describe, expect, it } from '@jest/globals';
import { type DataExport, type ExportStatus, progressOf } from './data-export.js';
import { EXPORT_INTERVAL_MS, judgeExport } from './export-limit.js';

const NOW = new Date('2026-11-23T12:00:00.000Z');

const made = (status: ExportStatus, agoMs: number, changes: Partial<DataExport> = {}): DataExport => ({
  lane: 1,
  personId: 'person',
  id: `${status}-${agoMs}`,
  status,
  requestedAt: new Date(NOW.getTime() - agoMs),
  expiresAt: NOW,
  done: 0,
  estimated: null,
  size: null,
  sha256: null,
  ...changes,
});

describe('whether an export may be made', () => {
  it('lets the first one begin, and one 24 hours after the last one was asked for, to the millisecond', () => {
    expect(judgeExport([], NOW)).toBe('START');
    expect(judgeExport([made('READY', EXPORT_INTERVAL_MS)], NOW)).toBe('START');
    expect(judgeExport([made('READY', EXPORT_INTERVAL_MS - 1)], NOW)).toEqual({
      retryAt: new Date(NOW.getTime() + 1),
    });
  });

  it('answers with the one under way, also beside one that is ready', () => {
    for (const status of ['QUEUED', 'RUNNING'] as const) {
      const underWay = made(status, 5);
      expect(judgeExport([made('READY', 10), underWay], NOW)).toEqual({ underWay });
    }
  });

  it('does not count one that failed', () => {
    expect(judgeExport([made('FAILED', 5)], NOW)).toBe('START');
  });
});

describe('the progress of an export', () => {
  it('is 0 before it begins, never 1 before it is ready, and 1 then', () => {
    expect(progressOf(made('QUEUED', 0))).toBe(0);
    expect(progressOf(made('RUNNING', 0, { done: 30, estimated: 120 }))).toBe(0.25);
    expect(progressOf(made('RUNNING', 0, { done: 500, estimated: 120 }))).toBe(0.99);
    expect(progressOf(made('READY', 0, { done: 1, estimated: 120 }))).toBe(1);
  });
});
