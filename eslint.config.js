import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

// What the arrows of the architecture allow: app → adapters → contracts → kernel, app → core → contracts → kernel.
const byKind = [
  { sourceTag: 'type:kernel', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:contract', onlyDependOnLibsWithTags: ['type:contract', 'type:kernel'] },
  { sourceTag: 'type:core', onlyDependOnLibsWithTags: ['type:contract', 'type:kernel'] },
  { sourceTag: 'type:adapter', onlyDependOnLibsWithTags: ['type:adapter', 'type:contract', 'type:kernel'] },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:core', 'type:adapter', 'type:contract', 'type:kernel'],
  },
];

// A service knows itself and what all share, never another service.
const services = [
  'billing',
  'blob-store',
  'capacity-planner',
  'gateway',
  'image-builder',
  'scheduler',
  'worker',
];
const byScope = [
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
  ...services.map((service) => ({
    sourceTag: `scope:${service}`,
    onlyDependOnLibsWithTags: [`scope:${service}`, 'scope:shared'],
  })),
];

export default tseslint.config(
  {
    ignores: ['**/dist', '**/generated', '**/node_modules', '.*/**', 'tools/lint/canary', 'bench-results'],
  },
  {
    files: ['**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: ['tsconfig.lint.json'], tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin, '@nx': nx },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-console': 'error',
      'no-param-reassign': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [
            ...['../**/kernel-timer.ts', '../**/over-postgres.ts', '../**/throwaway-postgres.ts'],
            ...['../**/killable-nats.ts', '../**/usage-facts.ts'],
          ],
          enforceBuildableLibDependency: false,
          depConstraints: [...byKind, ...byScope],
        },
      ],
    },
  },
  {
    // The command line talks to a person.
    files: ['tools/**/*.ts', 'tests/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // The cores are pure: no Node, no clock, no chance, nothing of the process.
    files: ['services/*/core/**/*.ts', 'libs/kernel/**/*.ts', 'libs/contracts/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.testing.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\.|@slipway/|(dockerfile-ast|croner)$)',
              message:
                'A core imports its own files, contracts and kernel; a library only where it is pure and listed here.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'setTimeout',
        'setInterval',
        'fetch',
        'performance',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time enters a core inside commands.' },
        { object: 'Math', property: 'random', message: 'Chance is not for a core: ask a port.' },
      ],
    },
  },
  {
    // The check of the boundaries reads this file by itself, outside of any program.
    files: ['tools/lint/canary/*.ts'],
    ...tseslint.configs.disableTypeChecked,
  },
);
