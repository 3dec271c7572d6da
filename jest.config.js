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
  testEnvironment: 'node',
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  transform: { '\\.ts$': typescript },
  moduleNameMapper: {
    '^@assent/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    // Our imports say `.js` and mean the `.ts` beside them; packages mean what they say, so theirs is tried first.
    '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1.ts'],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.assent/'],
};

export default {
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // Each file of test/ loads the whole server into a fresh module registry, which V8 gives back late.
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/libs/**/*.spec.ts', '<rootDir>/apps/**/*.spec.ts'],
    },
    {
      ...shared,
      displayName: 'whole',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/support/patience.mjs'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
};
