import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readDeviceMinor, type DeviceNode, type DriverGpu } from '@slipway/worker-core';
import { tryCommand } from '../command/run-command.js';

const MEMORY = '/dev/nvidia-uvm';

/** A device of this machine; undefined where there is none. */
export const nodeAt = (path: string): DeviceNode | undefined => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isCharacterDevice() !== true) return undefined;
  const { rdev } = found;
  return { path, major: (rdev >> 8) & 0xfff, minor: (rdev & 0xff) | ((rdev >> 12) & 0xfff00) };
};

/** The driver makes its nodes when a program of root's first asks for them; no container can. */
export const makeDeviceNodes = async (): Promise<void> => {
  if (nodeAt(MEMORY) === undefined) await tryCommand('nvidia-modprobe', ['-u', '-c=0']);
};

/** N of /dev/nvidiaN for each GPU: as the kernel says, else the nodes in their order where there are as many, else the index. */
export const minorsOf = (
  gpus: readonly DriverGpu[],
  { proc = '/proc/driver/nvidia/gpus', dev = '/dev' } = {},
): ReadonlyMap<number, number> => {
  const nodes = namesIn(dev)
    .flatMap((name) => /^nvidia(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
  return new Map(
    gpus.map(({ index, busId }, position) => [
      index,
      minorSaid(join(proc, busId, 'information')) ??
        (nodes.length === gpus.length ? nodes[position]! : index),
    ]),
  );
};

const minorSaid = (file: string): number | undefined => {
  try {
    return readDeviceMinor(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
