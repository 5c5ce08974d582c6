import { nearestVersion } from './nearest-version.js';
import { requirementsFor } from './requirements-for.js';
import { dependencyMountName, mountsDependencies, parseRuntimeMountName } from './runtime-mount-name.js';

describe('runtime mounts', () => {
  test('their names are understood', () => {
    expect(parseRuntimeMountName('modal-client-mount-1.6.4')).toEqual({ kind: 'client', version: '1.6.4' });
    expect(parseRuntimeMountName('2025.06-cp311-manylinux_2_17-x86_64')).toEqual({
      kind: 'dependencies',
      builderVersion: '2025.06',
      python: '3.11',
      libc: 'gnu',
      arch: 'x86_64',
    });
    expect(parseRuntimeMountName('python-build-standalone.20230826.3.11.5-gnu')).toEqual({
      kind: 'standalone-python',
      build: { release: '20230826', version: '3.11.5', threads: 'one-at-a-time', libc: 'gnu' },
    });
    expect(parseRuntimeMountName('python-build-standalone.20261021.3.14.9t-gnu')).toMatchObject({
      build: { version: '3.14.9', threads: 'free' },
    });
    expect(parseRuntimeMountName('slipway-web-lane-cp314-musllinux_1_2-aarch64')).toEqual({
      kind: 'web-lane',
      python: '3.14',
      libc: 'musl',
      arch: 'aarch64',
    });
    expect(parseRuntimeMountName('x')).toMatchObject({ code: 'runtime-mount-unknown' });
  });

  test('the name for an image says its Python', () => {
    expect(dependencyMountName('2025.06', '3.13.5', 'gnu', 'x86_64')).toBe(
      '2025.06-cp313-manylinux_2_17-x86_64',
    );
    expect(dependencyMountName('2025.06', '3.14.2t', 'gnu', 'x86_64')).toBe(
      '2025.06-cp314t-manylinux_2_17-x86_64',
    );
    expect(mountsDependencies('2024.10')).toBe(false);
    expect(mountsDependencies('2026.10')).toBe(true);
  });

  test('markers are judged by the Python that the packages are for', () => {
    const list =
      '# head\naiohttp==3.12.7 ; python_version < "3.14"\naiohttp==3.13.2 ; python_version == "3.14"\nidna==3.10\n';
    expect(requirementsFor(list, '3.11')).toEqual(['aiohttp==3.12.7', 'idna==3.10']);
    expect(requirementsFor(list, '3.14')).toEqual(['aiohttp==3.13.2', 'idna==3.10']);
    expect(requirementsFor(list, '3.9')).toEqual(['aiohttp==3.12.7', 'idna==3.10']);
  });

  test('a pin that is missing is replaced by the version nearest before it', () => {
    expect(nearestVersion('2026.10.19', ['2026.4.1', '2026.10.2', '2026.11.1', '2027.1.1b1'])).toBe(
      '2026.10.2',
    );
    expect(nearestVersion('1.0', ['2.0', '1.5'])).toBe('1.5');
    expect(nearestVersion('1.0', [])).toBeUndefined();
  });
});
