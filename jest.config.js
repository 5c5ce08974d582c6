// Specs run from the sources: swc compiles each file, `@slipway/*` resolves to the source folders.
const compiled = {
  '^(\\.{1,2}/.*)\\.js$': '$1',
  '^@slipway/(kernel|contracts|event-store|messaging|telemetry|nest-kit|protocol)$':
    '<rootDir>/libs/$1/index.ts',
  '^@slipway/([a-z-]+)-core$': '<rootDir>/services/$1/core/index.ts',
  '^@slipway/([a-z-]+)-core/testing/([a-z-]+)$': '<rootDir>/services/$1/core/testing/$2.ts',
};

export default {
  roots: ['<rootDir>/libs', '<rootDir>/services', '<rootDir>/tools', '<rootDir>/tests'],
  testMatch: ['**/*.spec.ts'],
  // Those that wait for processes that they start leave room for others.
  maxWorkers: '100%',
  // A busy machine fails no test: this only ends what hangs.
  testTimeout: 60_000,
  modulePathIgnorePatterns: ['/dist/', '/.slipway/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: compiled,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2024',
        },
        module: { type: 'es6' },
      },
    ],
  },
};
