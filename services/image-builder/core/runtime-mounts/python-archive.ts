/** A Python that runs wherever it is unpacked, out of one release of python-build-standalone. */
export type PythonBuild = Readonly<{
  release: string;
  /** Whole, as `3.11.5`. */
  version: string;
  threads: 'one-at-a-time' | 'free';
  libc: 'gnu' | 'musl';
}>;

export type PythonArchive = Readonly<{
  name: string;
  sha256: string;
  compression: 'gzip' | 'zstd';
  /** Where in the archive the tree begins that goes under a prefix. */
  root: readonly string[];
}>;

type Form = Readonly<{ suffix: string }> & Pick<PythonArchive, 'compression' | 'root'>;

const installOnly = (suffix: string): Form => ({ suffix, compression: 'gzip', root: ['python'] });
const full = (suffix: string): Form => ({ suffix, compression: 'zstd', root: ['python', 'install'] });

/** The forms in which a release has its builds, the smallest first; not every release has each of them. */
const FORMS: Readonly<Record<PythonBuild['threads'], readonly Form[]>> = {
  'one-at-a-time': [installOnly('install_only_stripped.tar.gz'), installOnly('install_only.tar.gz')],
  free: [
    installOnly('freethreaded-install_only_stripped.tar.gz'),
    installOnly('freethreaded-install_only.tar.gz'),
    full('freethreaded+pgo+lto-full.tar.zst'),
    full('freethreaded+lto-full.tar.zst'),
  ],
};

/** The archive to take of a release whose list of digests (`SHA256SUMS`) is `sums`; undefined where it has none. */
export const choosePythonArchive = (
  sums: string,
  { release, version, threads, libc }: PythonBuild,
  arch: string,
): PythonArchive | undefined => {
  const digests = new Map(
    [...sums.matchAll(/^([0-9a-f]{64})\s+\*?(\S+)$/gm)].map(([, sha256 = '', name = '']) => [name, sha256]),
  );
  for (const { suffix, ...form } of FORMS[threads]) {
    const name = `cpython-${version}+${release}-${arch}-unknown-linux-${libc}-${suffix}`;
    const sha256 = digests.get(name);
    if (sha256 !== undefined) return { name, sha256, ...form };
  }
  return undefined;
};
