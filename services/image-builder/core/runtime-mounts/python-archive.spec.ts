import { choosePythonArchive, type PythonBuild } from './python-archive.js';

const build: PythonBuild = {
  release: '20261021',
  version: '3.14.9',
  threads: 'one-at-a-time',
  libc: 'gnu',
};
const digest = 'ab'.repeat(32);
const sums = (...names: string[]): string => names.map((name) => `${digest}  ${name}\n`).join('');
const named = (suffix: string, arch = 'x86_64'): string =>
  `cpython-3.14.9+20261021-${arch}-unknown-linux-gnu-${suffix}`;

test('the smallest archive of the Python that was asked for is taken', () => {
  const list = sums(named('install_only.tar.gz'), named('install_only_stripped.tar.gz'));
  expect(choosePythonArchive(list, build, 'x86_64')).toEqual({
    name: named('install_only_stripped.tar.gz'),
    sha256: digest,
    compression: 'gzip',
    root: ['python'],
  });
});

test('an older release has no stripped one', () => {
  expect(choosePythonArchive(sums(named('install_only.tar.gz')), build, 'x86_64')?.name).toBe(
    named('install_only.tar.gz'),
  );
});

test('a free-threaded one comes out of the full archive where there is no other', () => {
  const list = sums(named('install_only.tar.gz'), named('freethreaded+pgo+lto-full.tar.zst'));
  expect(choosePythonArchive(list, { ...build, threads: 'free' }, 'x86_64')).toMatchObject({
    name: named('freethreaded+pgo+lto-full.tar.zst'),
    compression: 'zstd',
    root: ['python', 'install'],
  });
});

test('one of another version, release, processor or C library is none', () => {
  const list = sums(named('install_only.tar.gz'));
  expect(choosePythonArchive(list, build, 'aarch64')).toBeUndefined();
  expect(choosePythonArchive(list, { ...build, version: '3.14.8' }, 'x86_64')).toBeUndefined();
  expect(choosePythonArchive(list, { ...build, release: '20261022' }, 'x86_64')).toBeUndefined();
  expect(choosePythonArchive(list, { ...build, libc: 'musl' }, 'x86_64')).toBeUndefined();
});
