import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isDriverLibrary, type DriverLibrary } from '@slipway/worker-core';
import { runCommand } from '../command/run-command.js';

/** Where distributions and images of virtual machines put the driver's libraries. */
const USUAL = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu/nvidia/current',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/nvidia/lib64',
  '/usr/local/nvidia/lib',
];

/** The folders in which the machine's own loader finds libcuda, then these and the usual ones; each once, links followed. */
export const driverFolders = async (named: readonly string[]): Promise<readonly string[]> => {
  const cache = await runCommand('ldconfig', ['-p']).catch(() => '');
  const known = cache
    .split('\n')
    .filter((line) => /^\s*libcuda\.so/.test(line))
    .flatMap((line) => realPath(line.split(' => ')[1]?.trim() ?? '') ?? [])
    .map(dirname);
  return [...new Set([...known, ...[...named, ...USUAL].flatMap((folder) => realPath(folder) ?? [])])];
};

/** The libraries of one version of the driver in these folders; of those that are in several the first. */
export const findDriverLibraries = (
  folders: readonly string[],
  driverVersion: string,
): readonly DriverLibrary[] => {
  const found = new Map<string, DriverLibrary>();
  for (const folder of folders) {
    const names = readdirSync(folder);
    for (const name of names)
      if (isDriverLibrary(name, driverVersion) && !found.has(name))
        found.set(name, { path: join(folder, name), links: linksTo(folder, name, names) });
  }
  return [...found.values()];
};

/** A library that a description names, with the names beside it; undefined where it is not there. */
export const libraryAt = (path: string): DriverLibrary | undefined =>
  existsSync(path)
    ? { path, links: linksTo(dirname(path), basename(path), readdirSync(dirname(path))) }
    : undefined;

const linksTo = (folder: string, name: string, names: readonly string[]): readonly string[] => {
  const stem = `${name.split('.so.')[0] ?? name}.so`;
  const target = realPath(join(folder, name));
  return names.filter(
    (other) =>
      other !== name &&
      (other === stem || other.startsWith(`${stem}.`)) &&
      realPath(join(folder, other)) === target,
  );
};

const realPath = (path: string): string | undefined => {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
};
