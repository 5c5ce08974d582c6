import { runQuietly } from '../terminal/run-quietly.ts';
import { findOnPath } from './find-on-path.ts';

// Base images are made of Debian's packages, which carry these; a client serializes functions for its own version.
const preferred = ['python3', 'python3.11', 'python3.13', 'python3.14'];
const fallback = ['python3.12', 'python3.10'];

/** A Python that can make virtual environments; undefined where there is none. */
export const findPython = async (): Promise<string | undefined> => {
  const paths = [...preferred, '/usr/bin/python3', ...fallback].map((name) =>
    name.startsWith('/') ? name : findOnPath(name),
  );
  for (const path of new Set(paths)) {
    if (path && (await canMakeVenvs(path))) return path;
  }
  return undefined;
};

const canMakeVenvs = async (python: string): Promise<boolean> =>
  (await runQuietly(python, ['-c', 'import venv, ensurepip, sys; sys.exit(sys.version_info < (3, 10))'])).ok;
