import { refuseName } from './object-name.js';
import { isRuntimeMountName } from './runtime-mount-name.js';

test.each([
  'modal-client-mount-1.6.4',
  '2025.06-cp311-manylinux_2_17-x86_64',
  '2026.10-cp314t-musllinux_1_2-aarch64',
  'python-build-standalone.20261021.3.11.17-gnu',
])('%s is a mount of the platform', (name) => {
  expect(isRuntimeMountName(name)).toBe(true);
});

test('other mounts are not', () => {
  expect(isRuntimeMountName('my-files')).toBe(false);
});

test.each(['main', 'my-app.v2', 'A_1'])('%s may be a name', (name) => {
  expect(refuseName('an app', name)).toBeUndefined();
});

test.each(['', '-x', 'a b', 'ä', 'x'.repeat(65)])("'%s' may not", (name) => {
  expect(refuseName('an app', name)).toMatchObject({ refused: 'invalid', code: 'name-invalid' });
});
