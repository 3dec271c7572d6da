/** What `npm audit --json` says against security/audit-allow.json. */

/** A known weakness of a package that is used nevertheless, for a while. */
export interface Allowed {
  /** As in the URL of the advisory: GHSA-…, or its number where it has none. */
  advisory: string;
  package: string;
  /** Why it can not be used here, or why nothing better can be done yet. */
  reason: string;
  /** The last day on which it is allowed, as YYYY-MM-DD; at most 180 days ahead. */
  until: string;
}

/** The part of npm's report (auditReportVersion 2) that is read here. */
export interface AuditReport {
  vulnerabilities: Record<string, { via: (string | Advisory)[] }>;
}

interface Advisory {
  source: number;
  name: string;
  title: string;
  url: string;
  severity: string;
  range: string;
}

const DAY_MS = 24 * 60 * 60_000;
const LONGEST_DAYS = 180;

/** What is wrong with the list itself, each in a sentence. */
export function faultsOf(list: readonly Allowed[], today: string): string[] {
  const latest = new Date(Date.parse(today) + LONGEST_DAYS * DAY_MS).toISOString().slice(0, 10);
  return list.flatMap((entry) => {
    const { advisory, package: name, reason, until } = entry;
    const which = `${advisory || 'An entry without an advisory'} (${name || 'of no package'})`;
    if (!advisory || !name || !reason.trim()) return [`${which} needs advisory, package and reason.`];
    if (!/^\d{4}-\d\d-\d\d$/.test(until) || Number.isNaN(Date.parse(until)))
      return [`${which} needs a day until which it is allowed.`];
    if (until < today) return [`${which} was allowed until ${until}: look at it again.`];
    return until > latest ? [`${which} is allowed for more than ${LONGEST_DAYS} days.`] : [];
  });
}

/** What npm found and nobody allowed, and what is allowed and npm did not find; each in a sentence. */
export function judge(report: AuditReport, list: readonly Allowed[]): string[] {
  const found = new Map(
    Object.values(report.vulnerabilities)
      .flatMap(({ via }) => via)
      .filter((each) => typeof each !== 'string')
      .map((advisory) => [`${idOf(advisory)} (${advisory.name})`, advisory]),
  );
  const allowed = new Set(list.map(({ advisory, package: name }) => `${advisory} (${name})`));
  const unknown = [...found].filter(([which]) => !allowed.has(which));
  return [
    ...unknown.map(([which, { severity, title, range }]) => `${which} is ${severity}: ${title}; ${range}.`),
    ...[...allowed]
      .filter((which) => !found.has(which))
      .map((which) => `${which} is allowed, and nothing has it any more: remove it.`),
  ];
}

function idOf({ url, source }: Advisory): string {
  return /GHSA(?:-\w{4}){3}/.exec(url)?.[0] ?? String(source);
}
