import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MountFile } from '@slipway/contracts';
import { hashedRequirementsFor, type PythonTarget } from '@slipway/image-builder-core';
import type { MountTools } from './client-mount.js';
import { pipTarget } from './pip-target.js';
import { storeFolder } from './store-folder.js';

/** Where the lane looks for what the image has not. */
const FOLDER = '/__slipway/lane';
const LIST = fileURLToPath(new URL('../../../web-lane-requirements.txt', import.meta.url));

/** The ASGI server of web functions for one Python: pinned and hashed wheels. */
export const makeLaneMount = async (
  target: PythonTarget,
  tools: MountTools,
): Promise<readonly MountFile[]> => {
  const folder = join(tools.folder, 'lane');
  const list = join(tools.folder, 'requirements.txt');
  await writeFile(list, hashedRequirementsFor(await readFile(LIST, 'utf8'), target.python));
  await tools.pip.unpackHashed(folder, list, pipTarget(target));
  return storeFolder(folder, FOLDER, tools);
};
