import { lstat, mkdir, readdir, rmdir, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { TaskAssignment, VolumeId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { blameImage } from '../root-file-system/blame-image.js';
import { resolveInRoot } from '../root-file-system/resolve-in-root.js';

/** Where a container finds a volume, whatever its mount path: clients look for open files here. */
export const volumeFolderInside = (volumeId: VolumeId): string => `/__modal/volumes/${volumeId}`;

/** Makes each mount path in a container's root a link to its volume. Throws a RefusedError where an image has something there. */
export const linkVolumes = async (root: string, volumes: TaskAssignment['volumes'] = []): Promise<void> => {
  for (const volume of volumes) await linkVolume(root, volume).catch(blameImage(volume.mountPath));
};

const linkVolume = async (
  root: string,
  { volumeId, mountPath }: NonNullable<TaskAssignment['volumes']>[number],
): Promise<void> => {
  const place = join(await resolveInRoot(root, dirname(mountPath)), basename(mountPath));
  const found = await lstat(place).catch(() => undefined);
  const inTheWay =
    found !== undefined && (!found.isDirectory() || (await readdir(place)).length > 0)
      ? found.isDirectory()
        ? 'a folder that is not empty'
        : 'a file'
      : undefined;
  if (inTheWay !== undefined)
    throw new RefusedError(
      refuse(
        'conflict',
        'mount-path-taken',
        `volume ${volumeId} cannot be mounted at '${mountPath}': the image has ${inTheWay} there; choose a path that is free or an empty folder`,
      ),
    );
  if (found !== undefined) await rmdir(place);
  await mkdir(dirname(place), { recursive: true });
  await symlink(volumeFolderInside(volumeId), place);
};
