import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runLogged } from '../terminal/run-logged.ts';
import { runQuietly } from '../terminal/run-quietly.ts';
import type { Say } from '../terminal/steps.ts';
import { cacheFolder } from './cache-folder.ts';
import { fetchOfficialRunsc } from './fetch-official-runsc.ts';
import { fileDigest } from './file-digest.ts';
import { findGo } from './find-go.ts';
import { findOnPath } from './find-on-path.ts';
import type { Installed } from './installed.ts';

/** The first release whose own network stack runs on current kernels. */
const oldestRelease = '20260701';
const pinned = {
  module: 'gvisor.dev/gvisor',
  version: 'v0.0.0-20260701204157-69c2d17aea96',
  // The sum of the module's source, as `go version -m` prints it.
  sum: 'h1:LZXOf4NwvAwUy/eI8P+Y3DUdYLyaCEDNPEjsL2OP2ro=',
};
export const runscVersion = '2026-07-01';

/**
 * runsc: the one on PATH where it is new enough, else the one in the user's cache, else the official release where it
 * can be reached, else built from the pinned source.
 */
export const installRunsc = async (venv: string, log: string, say: Say): Promise<Installed> => {
  const onPath = findOnPath('runsc');
  const release = onPath && /release-(\d{8})/.exec((await runQuietly(onPath, ['--version'])).output)?.[1];
  if (onPath && release && release >= oldestRelease)
    return { path: onPath, version: release, source: 'on PATH' };
  const program = join(cacheFolder('runsc', runscVersion), 'runsc');
  if (await isAsRecorded(program)) return { path: program, version: runscVersion, source: 'cached' };
  mkdirSync(dirname(program), { recursive: true });
  const draft = `${program}.${process.pid}.draft`;
  try {
    if (await fetchOfficialRunsc(draft, oldestRelease))
      return { ...(await keep(draft, program)), source: 'official release' };
    say('compiling the pinned source, about a minute, once for this machine');
    await buildRunsc(venv, draft, log);
    return { ...(await keep(draft, program)), source: 'compiled' };
  } finally {
    rmSync(draft, { force: true });
  }
};

const isAsRecorded = async (program: string): Promise<boolean> =>
  existsSync(program) &&
  existsSync(`${program}.sha256`) &&
  readFileSync(`${program}.sha256`, 'utf8').trim() === (await fileDigest(program));

const keep = async (draft: string, program: string): Promise<Omit<Installed, 'source'>> => {
  writeFileSync(`${program}.sha256`, `${await fileDigest(draft)}\n`);
  renameSync(draft, program);
  return { path: program, version: runscVersion };
};

const buildRunsc = async (venv: string, draft: string, log: string): Promise<void> => {
  const scratch = `${draft}.build`;
  mkdirSync(scratch, { recursive: true });
  try {
    const go = await findGo(venv, scratch, log);
    const bin = join(scratch, 'bin');
    await runLogged(go.path, ['install', '-ldflags=-s -w', `${pinned.module}/runsc@${pinned.version}`], {
      log,
      environment: { ...go.environment, GOBIN: bin, CGO_ENABLED: '0', GOTOOLCHAIN: 'local' },
    });
    const { output } = await runQuietly(go.path, ['version', '-m', join(bin, 'runsc')]);
    if (
      !output
        .split('\n')
        .some((line) => line.trim() === `mod\t${pinned.module}\t${pinned.version}\t${pinned.sum}`)
    ) {
      throw new Error(
        `runsc was not built from ${pinned.module} ${pinned.version} with the sum ${pinned.sum}`,
      );
    }
    renameSync(join(bin, 'runsc'), draft);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};
