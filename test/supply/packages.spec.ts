import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Allowed, type AuditReport, faultsOf, judge } from '../../scripts/audit-report.js';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

describe('what is installed', () => {
  const { allowScripts, dependencies, devDependencies } = read('package.json');
  const { '': _, ...locked } = read('package-lock.json').packages as Record<string, any>;

  it('is what the lockfile has, byte for byte', () => {
    expect(Object.keys(locked).length).toBeGreaterThan(500);
    const loose = Object.entries(locked).filter(([, { integrity, resolved }]) => {
      const elsewhere = resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/');
      return !/^sha512-/.test(integrity) || elsewhere;
    });
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it('is pinned to one version each', () => {
    const versions = Object.entries<string>({ ...dependencies, ...devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('runs a script of its own only where package.json says so by name', () => {
    const scripted = Object.entries(locked)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(Object.keys(allowScripts).sort()).toEqual([...new Set(scripted)].sort());
    expect(readFileSync('.npmrc', 'utf8')).toContain('strict-allow-scripts=true');
  });
});

describe('the audit of packages', () => {
  const today = '2026-11-28';
  const report: AuditReport = {
    vulnerabilities: {
      left: {
        via: [
          {
            source: 1101,
            name: 'left',
            title: 'Pads too much',
            url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
            severity: 'high',
            range: '<2.0.0',
          },
        ],
      },
      right: { via: ['left'] },
    },
  };
  const allowed: Allowed = {
    advisory: 'GHSA-aaaa-bbbb-cccc',
    package: 'left',
    reason: 'It pads nothing here.',
    until: '2027-01-31',
  };

  it('names each weakness once that nobody allowed', () => {
    expect(judge(report, [])).toEqual(['GHSA-aaaa-bbbb-cccc (left) is high: Pads too much; <2.0.0.']);
  });

  it('is content with what is allowed', () => {
    expect(judge(report, [allowed])).toEqual([]);
    expect(faultsOf([allowed], today)).toEqual([]);
  });

  it('names what need not be allowed any more', () => {
    expect(judge({ vulnerabilities: {} }, [allowed])).toEqual([
      'GHSA-aaaa-bbbb-cccc (left) is allowed, and nothing has it any more: remove it.',
    ]);
  });

  it.each([
    [{ until: '2026-11-27' }, 'GHSA-aaaa-bbbb-cccc (left) was allowed until 2026-11-27: look at it again.'],
    [{ until: '2027-11-28' }, 'GHSA-aaaa-bbbb-cccc (left) is allowed for more than 180 days.'],
    [{ until: 'soon' }, 'GHSA-aaaa-bbbb-cccc (left) needs a day until which it is allowed.'],
    [{ reason: ' ' }, 'GHSA-aaaa-bbbb-cccc (left) needs advisory, package and reason.'],
  ])('refuses an entry with %o', (change, sentence) => {
    expect(faultsOf([{ ...allowed, ...change }], today)).toEqual([sentence]);
  });

  it('has a list in which nothing is wrong today', () => {
    expect(faultsOf(read('security/audit-allow.json'), new Date().toISOString().slice(0, 10))).toEqual([]);
  });
});
