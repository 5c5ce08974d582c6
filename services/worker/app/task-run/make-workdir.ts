import { mkdir } from 'node:fs/promises';
import { blameImage } from '../root-file-system/blame-image.js';
import { resolveInRoot } from '../root-file-system/resolve-in-root.js';
import { refusedAs } from './start-failures.js';

/** Makes a container's working directory. What its image has in the way is final; what is wrong with this host is not. */
export const makeWorkdir = async (root: string, workdir: string): Promise<void> => {
  const made = async (): Promise<unknown> => mkdir(await resolveInRoot(root, workdir), { recursive: true });
  await made()
    .catch(blameImage(workdir))
    .catch(refusedAs('image-failed', `working directory ${workdir}`));
};
