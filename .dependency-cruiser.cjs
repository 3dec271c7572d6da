/**
 * The architecture as rules. ARCHITECTURE.md explains it, this file enforces it, and
 * test/boundaries/boundaries.spec.ts plants one violation of each rule and expects it to be named.
 * Type-only imports count like any other: a type that leaks is a dependency in the reader's head.
 */

/** Each library may import the doors of those to its right. */
const LIBRARIES = [
  'privacy',
  'moderation',
  'analytics',
  'webhooks',
  'sandbox',
  'messaging',
  'media',
  'limits',
  'templates',
  'matching',
  'consent',
  'people',
  'accounts',
  'carriers',
  'ledger',
  'platform',
];

/**
 * Pure npm packages that domain code may use; an addition is an architectural decision.
 * libphonenumber-js: what numbers exist is a pure function over published numbering plans, and nobody should rewrite it.
 * @formatjs/icu-messageformat-parser: text to syntax tree and nothing else, by a grammar that is not ours (ICU).
 */
const PURE_PACKAGES = ['libphonenumber-js', '@formatjs/icu-messageformat-parser'];

const SPEC = '\\.spec\\.ts$';
const anyOf = (names) => `(?:${names.join('|')})`;

const directions = LIBRARIES.slice(1).map((library, index) => ({
  name: `direction-${library}`,
  comment: `${library} may not know ${LIBRARIES.slice(0, index + 1).join(', ')}: write an event row instead.`,
  severity: 'error',
  from: { path: `^libs/${library}/`, pathNot: SPEC },
  to: { path: `^libs/${anyOf(LIBRARIES.slice(0, index + 1))}/` },
}));

const layers = [
  ['domain', ['api', 'use-cases', 'persistence']],
  ['persistence', ['api', 'use-cases']],
  ['use-cases', ['api']],
  ['api', ['persistence']],
].map(([layer, forbidden]) => ({
  name: `layers-${layer}`,
  comment: `Data walks api → use-cases → {domain, persistence}: ${layer}/ may not import ${forbidden.join(', ')}.`,
  severity: 'error',
  from: { path: `^libs/([^/]+)/src/${layer}/`, pathNot: SPEC },
  to: { path: `^libs/$1/src/${anyOf(forbidden)}/` },
}));

module.exports = {
  forbidden: [
    ...directions,
    ...layers,
    {
      name: 'listed-libraries',
      comment:
        'Every library has its place in the one direction: add it to LIBRARIES and to ARCHITECTURE.md.',
      severity: 'error',
      from: { path: '^libs/', pathNot: `^libs/${anyOf(LIBRARIES)}/` },
      to: {},
    },
    {
      name: 'doors-of-libraries',
      comment:
        "Another library is entered through its door, libs/<name>/src/index.ts: import '@assent/<name>'.",
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: SPEC },
      to: { path: '^libs/[^/]+/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'doors-from-apps',
      comment: 'Apps wire libraries together and see only their doors.',
      severity: 'error',
      from: { path: '^apps/', pathNot: SPEC },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'own-door',
      comment: 'Inside a library, import the file that you mean: the door is for the others.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: SPEC },
      to: { path: '^libs/$1/src/index\\.ts$' },
    },
    {
      name: 'pure-domain',
      comment:
        'domain/ holds decisions and types only: it imports its own domain/ and the doors of lower libraries (ADR 0009), never the ground they stand on.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/domain/', pathNot: SPEC },
      to: {
        pathNot: [
          '^libs/$1/src/domain/',
          '^libs/(?!platform/)[^/]+/src/index\\.ts$',
          ...(PURE_PACKAGES.length > 0 ? [`(^|/)node_modules/${anyOf(PURE_PACKAGES)}/`] : []),
        ],
      },
    },
    {
      name: 'verify-trusts-nobody',
      comment:
        'assent-verify is for people who do not trust this platform: it shares no code with it, and needs nothing but Node and yauzl, which opens ZIPs.',
      severity: 'error',
      from: { path: '^apps/verify/', pathNot: SPEC },
      to: {
        dependencyTypesNot: ['core'],
        pathNot: ['^apps/verify/', '(^|/)node_modules/(?:@types/)?yauzl/'],
      },
    },
    {
      name: 'libs-below-apps',
      comment: 'Libraries know neither the apps that host them nor tests, benches and programs around them.',
      severity: 'error',
      from: { path: '^libs/', pathNot: SPEC },
      to: { path: '^(?:apps|test|bench|scripts|examples)/' },
    },
    {
      name: 'production-without-tests',
      comment: 'What is shipped imports neither tests, benches nor programs around them.',
      severity: 'error',
      from: { path: '^(?:apps|migrations)/', pathNot: SPEC },
      to: { path: '^(?:test|bench|scripts|examples)/' },
    },
    {
      name: 'examples-are-clients',
      comment: 'Examples speak to a running platform through its public APIs, as a business would.',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^(?:apps|libs|migrations|dist|test)/' },
    },
    {
      name: 'self-contained-embedded',
      comment:
        'The embedded server is also started by the test set-up, natively and before anything is built: ' +
        'it needs Node, pg and its own folder, nothing else.',
      severity: 'error',
      from: { path: '^libs/platform/src/embedded/', pathNot: SPEC },
      to: {
        dependencyTypesNot: ['core'],
        pathNot: ['^libs/platform/src/embedded/', '(^|/)node_modules/(?:@types/)?pg/', '^pg$'],
      },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle is one module that pretends to be several.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is forgotten or unfinished.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['\\.d\\.m?ts$', '(^|/)\\.?[^/]+\\.config\\.[cm]?js$', '^\\.dependency-cruiser\\.cjs$'],
      },
      to: {},
    },
    {
      name: 'no-unreached-libs',
      comment: 'Library code that no app, migration, test or program reaches is dead.',
      severity: 'error',
      from: { path: '^(?:apps|migrations|test|bench|scripts)/' },
      to: { path: '^libs/', pathNot: [SPEC, '\\.d\\.ts$'], reachable: false },
    },
    {
      name: 'no-dev-dependencies',
      comment: 'The container image installs with --omit=dev: what is shipped needs a real dependency.',
      severity: 'error',
      from: { path: '^(?:apps|libs|migrations)/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm'], pathNot: '(^|/)node_modules/@types/' },
    },
    {
      name: 'no-undeclared-dependencies',
      comment: 'A package that is imported stands in package.json: transitive ones vanish without a word.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that cannot be resolved escapes every other rule here.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', '^dist/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    skipAnalysisNotInRules: true,
  },
};
