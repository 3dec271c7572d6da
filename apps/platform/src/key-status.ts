import type { RekeyNumbers } from '@assent/people';
import type { KeyRing, KeyVersions, VersionsLeft } from '@assent/platform';
import { ANSWERS, SEALED } from './sealed.js';

/** What holds a version of the keys in use, apart from version 1, which is kept for good. */
export interface VersionInUse {
  version: number;
  /** Rows by place. */
  left: Map<string, number>;
  /** Until when links that were made with it work; undefined: no newer version was ever seen. */
  linksUntil: Date | undefined;
}

/** Counts all that names a version, for each one that is not the newest. */
export async function keyStatus(
  keys: KeyRing,
  versions: KeyVersions,
  numbers: RekeyNumbers,
): Promise<VersionInUse[]> {
  const counted: VersionsLeft = new Map([
    ...(await versions.count([...SEALED, ANSWERS])),
    ...(await numbers.count()),
  ]);
  const status: VersionInUse[] = [];
  for (const version of keys.versions.filter((each) => each !== keys.current)) {
    const left = new Map<string, number>();
    for (const [place, counts] of counted) {
      const count = counts.get(version) ?? 0;
      if (count > 0) left.set(place, count);
    }
    status.push({ version, left, linksUntil: await versions.linksUntil(version) });
  }
  return status;
}

/** The status as the operator reads it. */
export function statusText(current: number, status: readonly VersionInUse[]): string {
  const lines = [`Version ${current} is the newest: everything is written with it.`];
  for (const { version, left, linksUntil } of status) {
    lines.push(`Version ${version}:`);
    for (const [place, count] of left) lines.push(`  ${place}: ${count}`);
    if (left.size === 0) lines.push('  nothing that is stored is sealed with it');
    if (version === 1)
      lines.push('  is kept for good: handles, hashes of secrets and marks are made with it');
    else lines.push(`  links that stop something: until ${linksUntil?.toISOString() ?? 'unknown'}`);
  }
  return `${lines.join('\n')}\n`;
}
