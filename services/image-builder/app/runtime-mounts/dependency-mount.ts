import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MountFile } from '@slipway/contracts';
import { requirementsFor, type RuntimeMount } from '@slipway/image-builder-core';
import { refuse, RefusedError } from '@slipway/kernel';
import type { MountTools } from './client-mount.js';
import { storeFolder } from './store-folder.js';
import { unpackWheel } from './unpack-wheel.js';

const FOLDER = '/__modal/deps';
/** Appended, so that what the user installed is found first. */
const SITECUSTOMIZE = `import sys\nsys.path.append('${FOLDER}')\n`;

type Dependencies = Extract<RuntimeMount, { kind: 'dependencies' }>;

const platformsOf = ({ libc, arch }: Dependencies): readonly string[] =>
  libc === 'gnu'
    ? [
        `manylinux_2_17_${arch}`,
        `manylinux2014_${arch}`,
        `manylinux_2_12_${arch}`,
        `manylinux_2_5_${arch}`,
        `manylinux1_${arch}`,
        `manylinux_2_28_${arch}`,
        `linux_${arch}`,
      ]
    : [`musllinux_1_2_${arch}`, `musllinux_1_1_${arch}`, `musllinux_1_0_${arch}`];

/** What the client needs beside itself, for one Python, C library and processor, by the list that the client's own wheel holds. */
export const makeDependencyMount = async (
  mount: Dependencies,
  clientVersion: string,
  tools: MountTools,
  onReplaced: (said: string) => void,
): Promise<readonly MountFile[]> => {
  const client = await unpackWheel(`modal==${clientVersion}`, tools);
  const list = await readFile(join(client, 'modal', 'builder', `${mount.builderVersion}.txt`), 'utf8').catch(
    () => {
      throw new RefusedError(
        refuse(
          'not-found',
          'builder-version-unknown',
          `client ${clientVersion} knows no builder version '${mount.builderVersion}'`,
        ),
      );
    },
  );
  const digits = mount.python.replace('.', '').replace(/t$/, '');
  const abi = `cp${mount.python.replace('.', '')}`;
  const target = [
    ...platformsOf(mount).flatMap((platform) => ['--platform', platform]),
    '--python-version',
    mount.python.replace(/t$/, ''),
    '--implementation',
    'cp',
    ...(mount.python.endsWith('t') ? [abi] : [abi, 'abi3']).flatMap((tag) => ['--abi', tag]),
    '--abi',
    'none',
  ];
  const folder = join(tools.folder, `deps-${digits}`);
  await tools.pip.unpackInto(folder, requirementsFor(list, mount.python), target, onReplaced);
  const extra = join(tools.folder, 'site');
  await mkdir(extra, { recursive: true });
  await writeFile(join(extra, 'sitecustomize.py'), SITECUSTOMIZE);
  return [...(await storeFolder(folder, FOLDER, tools)), ...(await storeFolder(extra, '/pkg', tools))];
};
