import { describe, expect, it } from '@jest/globals';
import { mayReportAt, REPORT_WINDOW_MS, REPORTS_A_DAY } from './report.js';

describe('reporting', () => {
  const now = new Date('2026-11-23T12:00:00.000Z');
  const reports = (count: number, oldestMs: number) =>
    Array.from({ length: count }, (_, at) => new Date(now.getTime() - (at === count - 1 ? oldestMs : 1_000)));

  it('is free up to the limit, and free again when the oldest report leaves the window, to the millisecond', () => {
    expect(mayReportAt(reports(REPORTS_A_DAY - 1, 5_000), now)).toBeNull();
    expect(mayReportAt(reports(REPORTS_A_DAY, 5_000), now)).toEqual(
      new Date(now.getTime() + REPORT_WINDOW_MS - 5_000),
    );
    expect(mayReportAt(reports(REPORTS_A_DAY, REPORT_WINDOW_MS - 1), now)).toEqual(
      new Date(now.getTime() + 1),
    );
    expect(mayReportAt(reports(REPORTS_A_DAY, REPORT_WINDOW_MS), now)).toBeNull();
  });
});
