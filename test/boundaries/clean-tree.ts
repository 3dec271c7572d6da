/** The one direction, stated a second time: the rules and their test must not share a mistake. */
export const DIRECTION =
  'privacy → moderation → analytics → webhooks → messaging → media → limits → templates → matching → consent → people → accounts → carriers → ledger → platform';

export const LIBRARIES = DIRECTION.split(' → ');

/** Source files by their path. */
export type Tree = Record<string, string>;

/** A small project that keeps every rule: all libraries, every layer, one app, one migration, one test. */
export function cleanTree(): Tree {
  const libraries = LIBRARIES.map((library, index) => libraryTree(library, LIBRARIES[index + 1]));
  const doors = LIBRARIES.map((library, index) => `export * as l${index} from '@assent/${library}';\n`);
  return {
    ...Object.fromEntries(libraries.flatMap((library) => Object.entries(library))),
    'libs/platform/src/embedded/embedded-postgres.ts':
      `import { join } from 'node:path';\nimport { Client } from 'pg';\n` +
      `export const client = () => new Client(join('a', 'b'));\n`,
    'apps/platform/src/main.ts': `import '../../../migrations/1-ground.js';\n${doors.join('')}`,
    'migrations/1-ground.ts': `import type { QueryRunner } from 'typeorm';\nexport type Up = (db: QueryRunner) => void;\n`,
    'test/inside.spec.ts':
      `import { it } from '@jest/globals';\nimport '../libs/accounts/src/persistence/subject.store.js';\n` +
      `import '../libs/platform/src/embedded/embedded-postgres.js';\nit.todo('is a test');\n`,
  };
}

function libraryTree(library: string, next: string | undefined): Tree {
  const below = next ? `export * as below from '@assent/${next}';\n` : '';
  const source = `libs/${library}/src`;
  return {
    [`${source}/index.ts`]: `export { Module } from './${library}.module.js';\n`,
    [`${source}/${library}.module.ts`]: `export { Resolver as Module } from './api/business/subject.resolver.js';\n`,
    [`${source}/api/business/subject.resolver.ts`]: `import { DoIt } from '../../use-cases/do-it.js';\nexport class Resolver extends DoIt {}\n`,
    [`${source}/use-cases/do-it.ts`]:
      `import { Store } from '../persistence/subject.store.js';\nimport type { Subject } from '../domain/subject.js';\n` +
      `${below}export class DoIt extends Store {\n  subject?: Subject;\n}\n`,
    [`${source}/persistence/subject.store.ts`]: `import { Subject } from '../domain/subject.js';\nexport class Store extends Subject {}\n`,
    [`${source}/domain/subject.ts`]: `export { Subject } from './parts/subject-part.js';\n`,
    [`${source}/domain/parts/subject-part.ts`]: 'export class Subject {\n  readonly id = 1;\n}\n',
    [`${source}/domain/subject.spec.ts`]: `import { it } from '@jest/globals';\nimport './subject.js';\nit.todo('is a test');\n`,
  };
}
