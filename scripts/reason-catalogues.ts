/** The catalogues of reasons in libs/<library>/src/domain/*reasons.ts, found by their names. */
import { globSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { ReasonCatalogue } from '../libs/accounts/src/domain/documented-reason.ts';

/** Catalogues of one file; GATES, where it has them, say what its gates are about. */
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
  const { GATES: gates = {}, ...exported } = (await import(pathToFileURL(path).href)) as {
    GATES?: Record<string, string>;
  };
  return { catalogues: Object.values(exported).filter(isCatalogue), gates };
}

function isCatalogue(value: unknown): value is ReasonCatalogue {
  return typeof value === 'object' && value !== null && 'title' in value && 'reasons' in value;
}
