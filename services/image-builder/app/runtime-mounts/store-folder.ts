import { createReadStream } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Digest, MountFile } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { ObjectClient } from '@slipway/nest-kit';
import { sha256Hex } from '../contents/blob-store-contents.js';

const AT_ONCE = 8;
const ASKED_AT_ONCE = 1000;

/** Puts a folder's files into the blob-store; answers them as files of a mount under `remote`. Compiled Python is left out. */
export const storeFolder = async (
  folder: string,
  remote: string,
  { bus, objects }: { bus: Bus; objects: ObjectClient },
): Promise<readonly MountFile[]> => {
  // With their types: names alone would be looked for behind links to folders too, wherever they lead.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => !/(^|\/)__pycache__(\/|$)|\.pyc$/.test(name));
  const root = await realpath(folder);
  const files: (MountFile & { path: string })[] = [];
  for (const name of names.toSorted()) {
    const path = await realpath(join(folder, name)).catch(() => undefined);
    // A link that leads nowhere, or out of the folder, is no file of it.
    if (!path?.startsWith(`${root}/`)) continue;
    const found = await stat(path);
    if (!found.isFile()) continue;
    files.push({
      path,
      filename: `${remote}/${name}`,
      digest: sha256Hex(await readFile(path)) as Digest,
      sizeBytes: found.size,
      mode: found.mode & 0o111 ? 0o755 : 0o644,
    });
  }
  const missing = new Set<Digest>();
  for (let at = 0; at < files.length; at += ASKED_AT_ONCE) {
    const digests = files.slice(at, at + ASKED_AT_ONCE).map(({ digest }) => digest);
    (await bus.persist('blob-store.find-missing', { digests })).missing.forEach((digest) =>
      missing.add(digest),
    );
  }
  const queue = files.filter(({ digest }) => missing.delete(digest));
  const put = async (): Promise<void> => {
    for (let file = queue.pop(); file; file = queue.pop()) await objects.put(createReadStream(file.path));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, put));
  return files.map(({ path: _path, ...file }) => file);
};
