import { LIBRARIES } from './clean-tree.js';
import type { Tree } from './clean-tree.js';

/** One file that breaks one rule, and the innocent files that it needs for that. */
export interface PlantedFault {
  rule: string;
  file: string;
  source: string;
  accomplices?: Tree;
}

const importing = (what: string) => `import '${what}';\nexport const planted = 1;\n`;

const upwards: PlantedFault[] = LIBRARIES.slice(1).map((library, index) => ({
  rule: `direction-${library}`,
  file: `libs/${library}/src/use-cases/planted-upwards.ts`,
  source: importing(`@assent/${LIBRARIES[index] ?? ''}`),
}));

/** Faults that dependency-cruiser must name. */
export const STRUCTURAL_FAULTS: PlantedFault[] = [
  ...upwards,
  {
    rule: 'direction-platform',
    file: 'libs/platform/src/use-cases/planted-far-upwards.ts',
    source: `import type { Module } from '@assent/moderation';\nexport type Planted = Module;\n`,
  },
  {
    rule: 'listed-libraries',
    file: 'libs/planted/src/index.ts',
    source: importing('@assent/platform'),
  },
  {
    rule: 'doors-of-libraries',
    file: 'libs/consent/src/use-cases/planted-side-door.ts',
    source: importing('../../../people/src/use-cases/do-it.js'),
  },
  {
    rule: 'doors-of-libraries',
    file: 'libs/consent/src/use-cases/planted-side-door-for-a-type.ts',
    source: `import type { DoIt } from '../../../people/src/use-cases/do-it.js';\nexport type Planted = DoIt;\n`,
  },
  {
    rule: 'doors-from-apps',
    file: 'apps/platform/src/planted-side-door.ts',
    source: importing('../../../libs/people/src/use-cases/do-it.js'),
  },
  {
    rule: 'own-door',
    file: 'libs/people/src/use-cases/planted-own-door.ts',
    source: importing('@assent/people'),
  },
  {
    rule: 'pure-domain',
    file: 'libs/people/src/domain/planted-package.ts',
    source: importing('pg'),
  },
  {
    rule: 'pure-domain',
    file: 'libs/people/src/domain/planted-builtin.ts',
    source: importing('node:crypto'),
  },
  {
    rule: 'pure-domain',
    file: 'libs/people/src/domain/planted-ground.ts',
    source: importing('@assent/platform'),
  },
  {
    rule: 'layers-domain',
    file: 'libs/people/src/domain/planted-outwards.ts',
    source: importing('../persistence/subject.store.js'),
  },
  {
    rule: 'layers-persistence',
    file: 'libs/people/src/persistence/planted-use-case.ts',
    source: importing('../use-cases/do-it.js'),
  },
  {
    rule: 'layers-persistence',
    file: 'libs/people/src/persistence/planted-api.ts',
    source: importing('../api/business/subject.resolver.js'),
  },
  {
    rule: 'layers-use-cases',
    file: 'libs/people/src/use-cases/planted-api.ts',
    source: importing('../api/business/subject.resolver.js'),
  },
  {
    rule: 'layers-api',
    file: 'libs/people/src/api/business/planted-shortcut.ts',
    source: importing('../../persistence/subject.store.js'),
  },
  {
    rule: 'verify-trusts-nobody',
    file: 'apps/verify/src/planted-library.ts',
    source: importing('@assent/consent'),
  },
  {
    rule: 'verify-trusts-nobody',
    file: 'apps/verify/src/planted-package.ts',
    source: importing('pino'),
  },
  {
    rule: 'verify-trusts-nobody',
    file: 'apps/verify/src/planted-writer.ts',
    source: importing('yazl'),
  },
  {
    rule: 'libs-below-apps',
    file: 'libs/people/src/use-cases/planted-app.ts',
    source: importing('../../../../apps/platform/src/main.js'),
  },
  {
    rule: 'production-without-tests',
    file: 'apps/platform/src/planted-test.ts',
    source: importing('../../../test/inside.spec.js'),
  },
  {
    rule: 'examples-are-clients',
    file: 'examples/planted-insider.ts',
    source: importing('../libs/people/src/index.js'),
  },
  {
    rule: 'self-contained-embedded',
    file: 'libs/platform/src/embedded/planted-package.ts',
    source: importing('pino'),
  },
  {
    rule: 'self-contained-embedded',
    file: 'libs/platform/src/embedded/planted-neighbour.ts',
    source: importing('../domain/subject.js'),
  },
  {
    rule: 'no-cycles',
    file: 'libs/people/src/use-cases/planted-cycle.ts',
    source: `import type { Planted } from './planted-other-half.js';\nexport type Half = Planted[];\n`,
    accomplices: {
      'libs/people/src/use-cases/planted-other-half.ts': `import type { Half } from './planted-cycle.js';\nexport type Planted = Half[];\n`,
    },
  },
  { rule: 'no-orphans', file: 'test/planted-orphan.ts', source: 'export const planted = 1;\n' },
  {
    rule: 'no-unreached-libs',
    file: 'libs/people/src/use-cases/planted-dead-code.ts',
    source: importing('../domain/subject.js'),
  },
  {
    rule: 'no-dev-dependencies',
    file: 'libs/people/src/use-cases/planted-dev-dependency.ts',
    source: importing('fast-check'),
  },
  {
    rule: 'no-undeclared-dependencies',
    file: 'libs/people/src/use-cases/planted-undeclared.ts',
    source: importing('acorn'),
  },
  {
    rule: 'no-unresolvable',
    file: 'libs/people/src/use-cases/planted-unresolvable.ts',
    source: importing('./nowhere.js'),
  },
];

/** Faults that ESLint must name. */
export const STYLE_FAULTS: PlantedFault[] = [
  ...['utils', 'util', 'helpers', 'common', 'phone.utils', 'phone-helper'].map((name) => ({
    rule: 'assent/no-junk-drawers',
    file: `libs/people/src/domain/${name}.ts`,
    source: 'export const planted = 1;\n',
  })),
  {
    rule: 'assent/no-junk-drawers',
    file: 'libs/people/src/helpers/planted.ts',
    source: 'export const planted = 1;\n',
  },
  {
    rule: 'assent/explained-exceptions',
    file: 'libs/people/src/domain/planted-exception.ts',
    source: `// eslint-disable-next-line no-console\nconsole.log(1);\nexport const planted = 1;\n`,
  },
  {
    rule: 'max-lines',
    file: 'libs/people/src/domain/planted-length.ts',
    source: 'export const planted = 1;\n' + '// more\n'.repeat(300),
  },
  {
    rule: 'no-restricted-syntax',
    file: 'libs/people/src/planted-forward-ref.ts',
    source: `import { forwardRef } from '@nestjs/common';\nexport const planted: unknown = forwardRef(() => String);\n`,
  },
  {
    rule: 'no-restricted-syntax',
    file: 'libs/people/src/use-cases/planted-base.ts',
    source: 'export class BaseService {\n  planted = 1;\n}\n',
  },
  {
    rule: 'no-restricted-syntax',
    file: 'libs/people/src/use-cases/planted-default.ts',
    source: 'export default 1;\n',
  },
  {
    rule: '@typescript-eslint/naming-convention',
    file: 'libs/people/src/domain/planted-prefix.ts',
    source: 'export interface IPerson {\n  planted: number;\n}\n',
  },
  {
    rule: '@typescript-eslint/no-floating-promises',
    file: 'libs/people/src/use-cases/planted-promise.ts',
    source: `import { once } from 'node:events';\nonce(process, 'exit');\n`,
  },
  {
    rule: '@typescript-eslint/consistent-type-imports',
    file: 'libs/people/src/use-cases/planted-type-import.ts',
    source: `import { Subject } from '../domain/subject.js';\nexport type Planted = Subject;\n`,
  },
];

/** What looks like a fault and is none. */
export const INNOCENT: PlantedFault[] = [
  {
    rule: '@typescript-eslint/consistent-type-imports',
    file: 'libs/people/src/use-cases/planted-injected.ts',
    source:
      `import { Injectable } from '@nestjs/common';\nimport { Subject } from '../domain/subject.js';\n` +
      `@Injectable()\nexport class Planted {\n  constructor(readonly subject: Subject) {}\n}\n`,
  },
  {
    rule: 'max-lines',
    file: 'libs/people/src/domain/planted-long-table.ts',
    source:
      '/* eslint-disable max-lines -- one table, which reads best in one piece */\nexport const planted = 1;\n' +
      '// more\n'.repeat(300),
  },
];
