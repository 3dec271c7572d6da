const typescript = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2024',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
    swcrc: false,
  },
];

const shared = {
  rootDir: import.meta.dirname,
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  transform: { '\\.ts$': typescript },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.assent/'],
};

/** What is tested is loaded once a process, and what tests it for each file of tests: docs/adr/0051. */
const together = {
  ...shared,
  testEnvironment: '<rootDir>/test/support/jest/environment.mjs',
  runtime: '<rootDir>/test/support/jest/runtime.mjs',
};

/** Everything is loaded for each file of tests. */
const apart = {
  ...shared,
  testEnvironment: 'node',
  moduleNameMapper: {
    '^@assent/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    // Our imports say `.js` and mean the `.ts` beside them; packages mean what they say, so theirs is tried first.
    '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1.ts'],
  },
};

/** Tests of the whole, on one PostgreSQL for all of them. */
const whole = {
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.mjs'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};
/** Of programs in processes of their own, of many of them in a race, and of what a process keeps. */
const APART = [
  ...['boundaries', 'crash', 'database', 'faults', 'fuzz', 'ha', 'operations'],
  ...['processes', 'promises', 'supply', 'upgrade'],
  ...['attacks/cross-tenant', 'attacks/regular-expressions', 'consent/reference-model'],
].map((path) => `/test/${path}(?=[/.])`);

export default {
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/jest/sequencer.mjs',
  // What files of tests load for themselves V8 gives back late or, of those together, never.
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...together,
      displayName: 'unit',
      testMatch: ['<rootDir>/libs/**/*.spec.ts', '<rootDir>/apps/**/*.spec.ts'],
    },
    {
      ...together,
      ...whole,
      displayName: 'whole',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      testPathIgnorePatterns: APART,
    },
    {
      ...apart,
      ...whole,
      displayName: 'apart',
      testRegex: APART.map((path) => `${path}.*\\.spec\\.ts$`),
      roots: ['<rootDir>/test'],
    },
  ],
};
