import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What we agreed on and no published rule checks. */
const assent = {
  rules: {
    'no-junk-drawers': {
      create: (context) => ({
        Program(node) {
          const path = context.filename.slice(context.cwd.length);
          if (
            /[\\/](?:utils?|helpers?|commons?)(?:[\\/.]|$)|[.-](?:utils?|helpers?)\.[cm]?[jt]s$/.test(path)
          ) {
            context.report({
              node,
              message: 'Name a file or folder by what it is about, not utils, helpers or common.',
            });
          }
        },
      }),
    },
    'explained-exceptions': {
      create: (context) => ({
        Program() {
          for (const comment of context.sourceCode.getAllComments()) {
            if (/^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S/.test(comment.value)) {
              context.report({ loc: comment.loc, message: 'Say why: eslint-disable <rule> -- <reason>.' });
            }
          }
        },
      }),
    },
  },
};

const conventions = {
  'assent/no-junk-drawers': 'error',
  'assent/explained-exceptions': 'error',
  'max-lines': ['error', { max: 300 }],
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
    { selector: "ExportSpecifier[exported.name='default']", message: 'Export by name.' },
    { selector: "Identifier[name='forwardRef']", message: 'forwardRef hides a cycle: split the module.' },
    {
      selector: 'ClassDeclaration[id.name=/^Base[A-Z].*Service$|^BaseService/]',
      message: 'Compose, do not inherit services.',
    },
  ],
  eqeqeq: 'error',
  'no-console': 'error',
};

const typed = {
  '@typescript-eslint/naming-convention': [
    'error',
    {
      selector: ['interface', 'typeAlias'],
      format: ['PascalCase'],
      custom: { regex: '^I[A-Z][a-z]', match: false },
    },
    { selector: ['class', 'enum'], format: ['PascalCase'] },
  ],
  // Skips files with decorators by itself when emitDecoratorMetadata is on: what Nest injects stays a real import.
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
  '@typescript-eslint/consistent-type-exports': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  // Nest knows modules by their classes, which may be empty, and reads the decorators of others.
  '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowEmpty: true }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
  ],
  // `return this.stop();` in a function that returns nothing says that there is nothing more to do.
  '@typescript-eslint/no-confusing-void-expression': 'off',
  // An async method may have nothing to wait for: its interface asks for a promise.
  '@typescript-eslint/require-await': 'off',
  // Nest, TypeORM and GraphQL declare their options as classes and expect object literals.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  // Type parameters that appear once are how a GraphQL answer or a row is named at its use.
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
};

export default defineConfig(
  { ignores: ['dist/', 'coverage/', '.assent/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{js,mjs,cjs,ts}'],
    plugins: { assent },
    extends: [eslint.configs.recommended],
    rules: conventions,
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: typed,
  },
  {
    // Programs for a terminal speak through it, and so does plain JavaScript around the build.
    files: ['scripts/**', 'bench/**', 'examples/**', 'test/support/*.mjs'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        module: 'writable',
        setTimeout: 'readonly',
      },
    },
  },
  // Read by tools that ask for a default export.
  {
    files: ['*.config.js', 'test/support/global-*.mjs', 'test/support/longest-first.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // Answers over HTTP have no static type; a test that asserts on them proves their shape by asserting.
    files: ['test/**/*.ts', '**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
