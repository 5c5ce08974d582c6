import type { BoundPath } from '../oci-config/container-mounts.js';

/** A library of the host's driver, and the names beside it that lead to it. */
export type DriverLibrary = Readonly<{ path: string; links: readonly string[] }>;

/**
 * Where every container with a GPU finds the driver's libraries, whichever distribution its image is: a folder with nothing
 * else in it, so that no other library is found before the image's own.
 */
export const DRIVER_FOLDER = '/usr/local/nvidia/lib64';

/** What computes, watches and codes video; what draws on a screen is left out. */
const STEMS = new Set([
  ...['libcuda', 'libcudadebugger', 'libnvcuvid'],
  ...['ml', 'cfg', 'opencl', 'gpucomp', 'ptxjitcompiler', 'nvvm', 'tileiras', 'compiler', 'allocator'].map(
    (name) => `libnvidia-${name}`,
  ),
  ...['pkcs11', 'pkcs11-openssl3', 'sandboxutils', 'encode', 'opticalflow'].map(
    (name) => `libnvidia-${name}`,
  ),
]);

/** Whether a file belongs to this version of the driver: its name ends in it. */
export const isDriverLibrary = (fileName: string, driverVersion: string): boolean => {
  const end = `.so.${driverVersion}`;
  return fileName.endsWith(end) && STEMS.has(fileName.slice(0, -end.length));
};

/** Whether there is what CUDA programs open first. */
export const hasCuda = (libraries: readonly DriverLibrary[], driverVersion: string): boolean =>
  libraries.some(({ path }) => nameOf(path) === `libcuda.so.${driverVersion}`);

/** Each library under its own name and under those that programs ask for. */
export const bindLibraries = (libraries: readonly DriverLibrary[]): readonly BoundPath[] =>
  libraries.flatMap(({ path, links }) =>
    namesOf(nameOf(path), links).map((name) => ({
      source: path,
      destination: `${DRIVER_FOLDER}/${name}`,
      access: 'read' as const,
    })),
  );

const namesOf = (name: string, links: readonly string[]): readonly string[] => {
  const [stem = name] = name.split('.so.');
  const major = links.filter((link) => /\.so\.\d+$/.test(link));
  return [
    name,
    ...(major.length > 0 ? major : [`${stem}.so.1`]),
    // programs that load the driver by hand
    ...(stem === 'libcuda' ? ['libcuda.so'] : []),
  ];
};

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
