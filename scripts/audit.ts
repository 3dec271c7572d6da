/**
 * Asks the registry for known weaknesses of everything in package-lock.json, and fails for each that
 * security/audit-allow.json does not allow with a reason and a last day. Where the registry can not be asked nothing was found
 * out about the code: that is said, and fails only with AUDIT_REQUIRED=true, which whoever makes a release sets.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type Allowed, type AuditReport, faultsOf, judge } from './audit-report.ts';

const PATIENCE_MS = 120_000;

/** npm ends with 1 both when it found something and when it could not ask. */
function ask(): Promise<AuditReport | { error: string }> {
  return new Promise((resolve) => {
    const options = { timeout: PATIENCE_MS, maxBuffer: 64 * 1024 ** 2 };
    execFile('npm', ['audit', '--json', '--package-lock-only'], options, (_, said) => resolve(read(said)));
  });
}

function read(said: string): AuditReport | { error: string } {
  try {
    const report = JSON.parse(said) as Partial<AuditReport> & { message?: string };
    if (report.vulnerabilities) return { vulnerabilities: report.vulnerabilities };
    return { error: report.message ?? 'its answer is no report' };
  } catch {
    return { error: 'it did not answer' };
  }
}

const list = JSON.parse(readFileSync('security/audit-allow.json', 'utf8')) as Allowed[];
const problems = faultsOf(list, new Date().toISOString().slice(0, 10));
const report = await ask();
if ('error' in report) {
  console.log(`NOT AUDITED: the registry could not be asked (${report.error}).`);
  if (process.env['AUDIT_REQUIRED'] === 'true') problems.push('AUDIT_REQUIRED=true, so that fails.');
} else {
  problems.push(...judge(report, list));
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
if (!('error' in report))
  console.log(`Nothing is known of any package but what is allowed (${list.length}).`);
