import { isAtLeast, versionIn } from './version.ts';

test.each([
  ['2.15.1', '2.12', true],
  ['2.12.0', '2.12', true],
  ['2.9.10', '2.12', false],
  ['1.26', '1.26.3', false],
  ['18.0', '14', true],
])('%s is at least %s: %s', (version, wanted, expected) => {
  expect(isAtLeast(version, wanted)).toBe(expected);
});

test('a version is found in what a program prints', () => {
  expect(versionIn('postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)')).toBe('15.18');
});
