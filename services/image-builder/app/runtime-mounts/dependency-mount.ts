import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MountFile } from '@slipway/contracts';
import { requirementsFor, type RuntimeMount } from '@slipway/image-builder-core';
import { refuse, RefusedError } from '@slipway/kernel';
import type { MountTools } from './client-mount.js';
import { pipTarget } from './pip-target.js';
import { storeFolder } from './store-folder.js';
import { unpackWheel } from './unpack-wheel.js';

const FOLDER = '/__modal/deps';
/** Appended, so that what the user installed is found first. */
const SITECUSTOMIZE = `import sys\nsys.path.append('${FOLDER}')\n`;

type Dependencies = Extract<RuntimeMount, { kind: 'dependencies' }>;

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
  const folder = join(tools.folder, 'deps');
  await tools.pip.unpackInto(folder, requirementsFor(list, mount.python), pipTarget(mount), onReplaced);
  const extra = join(tools.folder, 'site');
  await mkdir(extra, { recursive: true });
  await writeFile(join(extra, 'sitecustomize.py'), SITECUSTOMIZE);
  return [...(await storeFolder(folder, FOLDER, tools)), ...(await storeFolder(extra, '/pkg', tools))];
};
