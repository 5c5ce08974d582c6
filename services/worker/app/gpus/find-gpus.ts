import { statSync } from 'node:fs';
import type { GpuDevice } from '@slipway/contracts';
import {
  accessOfCdi,
  NO_EDITS,
  type DeviceNode,
  type GpuEdits,
  type HostGpuAccess,
} from '@slipway/worker-core';
import { runCommand } from '../command/run-command.js';
import { readCdi } from './read-cdi.js';

export type FoundGpus = Readonly<{ gpus: readonly GpuDevice[]; access: HostGpuAccess }>;

/** What CUDA opens beside the GPUs themselves. */
const SHARED = ['/dev/nvidiactl', '/dev/nvidia-uvm', '/dev/nvidia-uvm-tools'];

/** `NVIDIA H100 80GB HBM3` is an `H100`; the first word that names a model decides. */
const typeOf = (productName: string): string => {
  const words = productName
    .split(/[\s-]+/)
    .filter((word) => !/^(NVIDIA|Tesla|GeForce|RTX|Quadro)$/i.test(word));
  return words[0] ?? productName;
};

const nodeAt = (path: string): DeviceNode | undefined => {
  try {
    const { rdev } = statSync(path);
    return { path, major: (rdev >> 8) & 0xfff, minor: (rdev & 0xff) | ((rdev >> 12) & 0xfff00) };
  } catch {
    return undefined;
  }
};

const nodesOnly = (paths: readonly string[]): GpuEdits => ({
  ...NO_EDITS,
  deviceNodes: paths.map(nodeAt).filter((node) => node !== undefined),
});

/** Device nodes alone: CUDA programs that bring their own driver libraries run with them. */
const accessWithoutCdi = (gpus: readonly GpuDevice[]): HostGpuAccess => ({
  common: nodesOnly(SHARED),
  perGpu: new Map(gpus.map(({ index }) => [index, nodesOnly([`/dev/nvidia${index}`])])),
});

/** The GPUs of this machine as the driver names them, and what gives a container theirs; none where there is no driver. */
export const findGpus = async (): Promise<FoundGpus> => {
  const listed = await runCommand('nvidia-smi', ['--query-gpu=index,name', '--format=csv,noheader']).catch(
    () => '',
  );
  const gpus = listed
    .split('\n')
    .filter((line) => line.includes(','))
    .map((line) => {
      const [index = '', name = ''] = line.split(',').map((part) => part.trim());
      return { index: Number(index), type: typeOf(name), simulated: false };
    });
  const spec = gpus.length === 0 ? undefined : await readCdi();
  return { gpus, access: spec === undefined ? accessWithoutCdi(gpus) : accessOfCdi(spec, nodeAt) };
};
