import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { choosePythonArchive, type PythonArchive, type PythonBuild } from '@slipway/image-builder-core';
import { refuse, RefusedError } from '@slipway/kernel';
import { runCommand } from '../site/command.js';

export type FetchPythonTools = Readonly<{ pythonBuildsUrl: string; arch: string; folder: string }>;

const ANSWER_MS = 10_000;
const OTHERWISE =
  'name a mirror of the releases of python-build-standalone in IMAGE_BUILDER_PYTHON_BUILDS, ' +
  'or take a base image that has the Python that you want (python:3.X-slim) instead of add_python';

/** Fetches a Python for `add_python`, checks it, and unpacks it; answers the folder of its tree. Throws RefusedError. */
export const fetchPython = async (
  build: PythonBuild,
  { pythonBuildsUrl, arch, folder }: FetchPythonTools,
): Promise<string> => {
  const release = `${pythonBuildsUrl}/${build.release}`;
  const sums = await (await ask(`${release}/SHA256SUMS`)).text();
  const archive = choosePythonArchive(sums, build, arch);
  if (!archive)
    throw new RefusedError(
      refuse(
        'not-found',
        'python-build-unknown',
        `${release} has no ${build.threads === 'free' ? 'free-threaded ' : ''}Python ${build.version} for ${arch} and ${build.libc}: ${OTHERWISE}`,
      ),
    );
  const packed = join(folder, 'python-packed');
  await download(`${release}/${encodeURIComponent(archive.name)}`, archive, packed);
  return unpack(packed, archive, folder);
};

const ask = async (url: string): Promise<Response> => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
  const answer = await fetch(url, { signal: late.signal })
    .catch((error: unknown) => unreachable(url, reasonOf(error)))
    // Only the answer is awaited for so long: what it brings may take its time.
    .finally(() => clearTimeout(timer));
  return answer.ok ? answer : unreachable(url, `it answered ${answer.status}`);
};

const unreachable = (url: string, why: string): never => {
  throw new RefusedError(
    refuse('conflict', 'python-builds-unreachable', `${url} is out of reach (${why}): ${OTHERWISE}`),
  );
};

const reasonOf = (error: unknown): string => {
  const { cause, message } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
};

const download = async (url: string, { sha256 }: PythonArchive, to: string): Promise<void> => {
  const { body } = await ask(url);
  const hash = createHash('sha256');
  await pipeline(
    body ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([]),
    async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        hash.update(piece);
        yield piece;
      }
    },
    createWriteStream(to),
  );
  const found = hash.digest('hex');
  if (found !== sha256)
    throw new RefusedError(
      refuse(
        'conflict',
        'python-build-damaged',
        `${url} has the digest ${found}, but its release's list says ${sha256}`,
      ),
    );
};

const unpack = async (
  packed: string,
  { compression, root }: PythonArchive,
  folder: string,
): Promise<string> => {
  const tar = join(folder, 'python.tar');
  const unpacked = join(folder, 'python');
  const plain = compression === 'gzip' ? createGunzip() : createZstdDecompress();
  await pipeline(createReadStream(packed), plain, createWriteStream(tar));
  await mkdir(unpacked);
  await runCommand('tar', ['-xf', tar, '-C', unpacked, `--strip-components=${root.length}`, root.join('/')]);
  return unpacked;
};
