/** The catalogues of reasons in libs/<library>/src/domain/*reasons.ts, found by their names. */
import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ReasonCatalogue } from '../libs/accounts/src/domain/documented-reason.ts';

/** Catalogues of one file; what its gates are about, where there is a gate-names.ts beside it. */
export interface CatalogueFile {
  catalogues: ReasonCatalogue[];
  gates: Record<string, string>;
}

/** All of them; those of sending first, which is what most people look up. */
export function readCatalogues(): Promise<CatalogueFile[]> {
  const paths = globSync('libs/*/src/domain/**/*reasons.ts');
  return Promise.all(paths.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).map(read));
}

function rank(path: string): number {
  return path.startsWith('libs/messaging/src/domain/reasons') ? 0 : 1;
}

async function read(path: string): Promise<CatalogueFile> {
  const names = join(dirname(path), 'gate-names.ts');
  const { GATES: gates } = existsSync(names)
    ? await load<{ GATES: Record<string, string> }>(names)
    : { GATES: {} };
  const exported = await load<Record<string, unknown>>(path);
  return { catalogues: Object.values(exported).filter(isCatalogue), gates };
}

async function load<Exported>(path: string): Promise<Exported> {
  return (await import(pathToFileURL(path).href)) as Exported;
}

function isCatalogue(value: unknown): value is ReasonCatalogue {
  return typeof value === 'object' && value !== null && 'title' in value && 'reasons' in value;
}
