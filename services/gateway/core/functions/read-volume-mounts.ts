import { isRefusal, refuse, type Refusal } from '@slipway/kernel';
import type { VolumeMount } from '@slipway/contracts';

/** A volume in a function's definition, as the client sends it. */
export type VolumeMountRequest = Readonly<{
  volumeId: string;
  mountPath: string;
  allowBackgroundCommits: boolean;
  readOnly: boolean;
  subPath?: string | undefined;
}>;

/** What the worker itself puts into a container, and what no program does without. */
const TAKEN = ['/', '/root', '/tmp'];
const TAKEN_WITH_ALL_BELOW = ['/proc', '/sys', '/dev', '/pkg', '/__modal', '/run/slipway'];

const isCanonical = (path: string): boolean =>
  path.startsWith('/') &&
  !path.includes('\0') &&
  path
    .slice(1)
    .split('/')
    .every((name) => name !== '' && name !== '.' && name !== '..');

const isBelow = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);

/** Where the volumes of a function are mounted. Every path has a place of its own, no two in one another. */
export const readVolumeMounts = (
  requests: readonly VolumeMountRequest[],
): readonly VolumeMount[] | Refusal => {
  const mounts: VolumeMount[] = [];
  for (const request of requests) {
    const mount = readVolumeMount(request, mounts);
    if (isRefusal(mount)) return mount;
    mounts.push(mount);
  }
  return mounts;
};

const readVolumeMount = (
  request: VolumeMountRequest,
  others: readonly VolumeMount[],
): VolumeMount | Refusal => {
  const { volumeId, mountPath } = request;
  const wrong = (code: string, why: string): Refusal =>
    refuse('invalid', code, `Volume ${volumeId} cannot be mounted at '${mountPath}': ${why}.`);
  const taken =
    TAKEN.find((path) => path === mountPath) ??
    TAKEN_WITH_ALL_BELOW.find((path) => path === mountPath || isBelow(mountPath, path));
  if (taken !== undefined)
    return wrong('mount-path-taken', `'${taken}' is taken; choose another, such as '/data'`);
  if (!isCanonical(mountPath))
    return wrong('mount-path-not-canonical', "mount_path must be absolute and canonical, such as '/data'");
  for (const other of others) {
    if (other.volumeId === volumeId)
      return wrong('volume-mounted-twice', `it is mounted at '${other.mountPath}' already`);
    if (other.mountPath === mountPath)
      return wrong('mount-path-taken', `volume ${other.volumeId} is mounted there already`);
    if (isBelow(mountPath, other.mountPath) || isBelow(other.mountPath, mountPath))
      return wrong(
        'mount-path-nested',
        `it and '${other.mountPath}' of ${other.volumeId} lie in one another`,
      );
  }
  const subPath = readSubPath(request.subPath);
  if (subPath === 'wrong')
    return wrong('sub-path-wrong', `sub_path '${request.subPath}' leads out of the volume`);
  return {
    volumeId,
    mountPath,
    access: request.readOnly ? 'read' : 'write',
    commits: request.allowBackgroundCommits ? 'background' : 'explicit',
    ...(subPath !== '' && { subPath }),
  };
};

/** `/users/me/` and `users/me` are the same folder; the root is no part of the volume but all of it. */
const readSubPath = (given = ''): string => {
  const names = given.split('/').filter((name) => name !== '' && name !== '.');
  return names.includes('..') || given.includes('\0') ? 'wrong' : names.join('/');
};
