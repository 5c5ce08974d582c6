import { refuse, RefusedError } from '@slipway/kernel';

/** What the file system says of a path that an image makes impossible, on any host. */
const OF_THE_IMAGE: ReadonlySet<string> = new Set(['EEXIST', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);

/** Throws what failed at a path of a container's root: as a RefusedError where the image or the path is at fault, else as it is. */
export const blameImage =
  (path: string) =>
  (error: NodeJS.ErrnoException): never => {
    if (!OF_THE_IMAGE.has(error.code ?? '')) throw error;
    const why =
      error.code === 'ENAMETOOLONG' ? 'a name in it is too long' : 'the image has a file in its way';
    throw new RefusedError(
      refuse(
        'conflict',
        'path-taken',
        `'${path}' cannot be a folder of the container: ${why} (${error.code})`,
      ),
    );
  };
