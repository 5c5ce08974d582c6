import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BaseImage } from '@slipway/image-builder-core';
import type { ObjectClient } from '@slipway/nest-kit';
import { layerOfFiles } from '../../layers/layer-of-files.js';
import type { Pip } from '../../runtime-mounts/pip.js';
import { unpackWheel } from '../../runtime-mounts/unpack-wheel.js';

/** The image that people copy `/uv` and `/uvx` from, made of the wheel that the package index has of the same version. */
export const makeUvImage = async (
  version: string,
  {
    objects,
    pip,
    python,
    scratchDir,
  }: { objects: ObjectClient; pip: Pip; python: string; scratchDir: string },
): Promise<BaseImage> => {
  const folder = await mkdtemp(join(scratchDir, 'uv-'));
  try {
    const pinned = /^\d/.test(version) ? `uv==${version}${/^\d+\.\d+$/.test(version) ? '.*' : ''}` : 'uv';
    const unpacked = await unpackWheel(pinned, { pip, python, folder });
    const data = (await readdir(unpacked)).find((name) => name.endsWith('.data'));
    if (data === undefined) throw new Error(`the wheel of ${pinned} holds no programs`);
    const files = await Promise.all(
      ['uv', 'uvx'].map(async (name) => ({
        path: `/${name}`,
        content: await readFile(join(unpacked, data, 'scripts', name)),
        mode: 0o755,
      })),
    );
    return { layers: [await layerOfFiles(files, objects)], config: { env: {}, entrypoint: ['/uv'] } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
