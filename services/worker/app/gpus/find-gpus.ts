import { stat } from 'node:fs/promises';
import type { GpuDevice } from '@slipway/contracts';
import type { DeviceNode } from '@slipway/worker-core';
import { runCommand } from '../command/run-command.js';

export type FoundGpus = Readonly<{ gpus: readonly GpuDevice[]; sharedNodes: readonly DeviceNode[] }>;

/** Nodes beside /dev/nvidiactl that CUDA opens; their major number is the kernel's choice. */
const SHARED = ['/dev/nvidia-uvm', '/dev/nvidia-uvm-tools'];

/** `NVIDIA H100 80GB HBM3` is an `H100`; the first word that names a model decides. */
const typeOf = (productName: string): string => {
  const words = productName
    .split(/[\s-]+/)
    .filter((word) => !/^(NVIDIA|Tesla|GeForce|RTX|Quadro)$/i.test(word));
  return words[0] ?? productName;
};

const nodeAt = async (path: string): Promise<readonly DeviceNode[]> =>
  stat(path).then(
    ({ rdev }) => [{ path, major: (rdev >> 8) & 0xfff, minor: (rdev & 0xff) | ((rdev >> 12) & 0xfff00) }],
    () => [],
  );

/** The GPUs of this machine as the driver names them; none where there is no driver. */
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
  return { gpus, sharedNodes: gpus.length === 0 ? [] : (await Promise.all(SHARED.map(nodeAt))).flat() };
};
