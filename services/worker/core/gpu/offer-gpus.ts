import type { GpuDevice } from '@slipway/contracts';
import { commonOfCdi, nodesOfGpu, type CdiSpec, type HostFiles } from './cdi-edits.js';
import { bindLibraries, DRIVER_FOLDER, hasCuda, type DriverLibrary } from './driver-libraries.js';
import type { DriverGpu, DriverReport } from './driver-report.js';
import { mergeEdits, NO_EDITS, type DeviceNode, type GpuEdits, type HostGpuAccess } from './gpu-edits.js';
import { gpuTypeOf } from './gpu-type.js';

/** What was found on a host whose driver answers. */
export type HostGpus = DriverReport &
  HostFiles &
  Readonly<{
    /** N of /dev/nvidiaN of a GPU. */
    minorOf: (gpu: DriverGpu) => number;
    /** Where no specification says which: the driver's libraries and programs that were found by looking. */
    libraries: readonly DriverLibrary[];
    searched: readonly string[];
    programs: readonly string[];
    cdi?: CdiSpec;
    /** Whether the runtime lets containers use this driver; runc lets them use any. */
    runtime: Readonly<{ name: 'runsc' | 'runc'; drivers: 'any' | readonly string[] }>;
  }>;

export type GpuOffer = Readonly<{
  gpus: readonly GpuDevice[];
  access: HostGpuAccess;
  /** Why GPUs of this host are kept back, for the person who runs it. */
  keptBack: readonly string[];
}>;

/** What CUDA opens beside the GPUs themselves. */
const CONTROL = '/dev/nvidiactl';
const MEMORY = '/dev/nvidia-uvm';
const SHARED = [CONTROL, MEMORY, '/dev/nvidia-uvm-tools'];

/** Which GPUs a host offers, and what gives a container its own: only those on which a program can compute. */
export const offerGpus = (host: HostGpus): GpuOffer => {
  const common = driverOf(host);
  if (common === undefined)
    return none(
      `libcuda.so.${host.driverVersion} is in none of ${host.searched.join(', ')}; write a CDI file that names it: ` +
        'nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml',
    );
  const obstacle = obstacleOf(host);
  if (obstacle !== undefined) return none(obstacle);
  const judged = host.gpus.map((gpu) => ({ gpu, nodes: ownNodes(host, gpu), why: flawOf(host, gpu) }));
  const good = judged.filter(({ why }) => why === undefined);
  return {
    gpus: good.map(({ gpu: { index, name, memoryMiB } }) => ({
      index,
      type: gpuTypeOf(name, memoryMiB),
      simulated: false,
    })),
    access: {
      common,
      perGpu: new Map(good.map(({ gpu, nodes }) => [gpu.index, { ...NO_EDITS, deviceNodes: nodes }])),
    },
    keptBack: judged.flatMap(({ why }) => why ?? []),
  };
};

const none = (why: string): GpuOffer => ({
  gpus: [],
  access: { common: NO_EDITS, perGpu: new Map() },
  keptBack: [why],
});

/** The driver as containers get it: as a specification says, else as it was found. */
const driverOf = (host: HostGpus): GpuEdits | undefined => {
  const { cdi, driverVersion, libraries, programs, nodeOf } = host;
  const said = cdi === undefined ? undefined : commonOfCdi(cdi, host, driverVersion);
  if (said === undefined && !hasCuda(libraries, driverVersion)) return undefined;
  const shared = SHARED.map(nodeOf).filter((node) => node !== undefined);
  const found: GpuEdits = said ?? {
    ...NO_EDITS,
    bound: [
      ...bindLibraries(libraries),
      ...programs.map((source) => ({
        source,
        destination: `/usr/bin/${source.slice(source.lastIndexOf('/') + 1)}`,
        access: 'read' as const,
      })),
    ],
  };
  const already = new Set(found.deviceNodes.map(({ path }) => path));
  return mergeEdits([
    found,
    {
      ...NO_EDITS,
      deviceNodes: shared.filter(({ path }) => !already.has(path)),
      env: { LD_LIBRARY_PATH: DRIVER_FOLDER },
    },
  ]);
};

/** What keeps all GPUs of a host from containers. */
const obstacleOf = ({ driverVersion, runtime, nodeOf }: HostGpus): string | undefined => {
  const absent = [CONTROL, MEMORY].find((path) => nodeOf(path) === undefined);
  if (absent !== undefined)
    return `${absent} is not there, without which no CUDA program starts; nvidia-modprobe -u -c=0 makes it`;
  if (runtime.drivers === 'any' || runtime.drivers.includes(driverVersion)) return undefined;
  return (
    `${runtime.name} passes no calls to the driver ${driverVersion}, only to ${runtime.drivers.join(', ') || 'none that it names'}; ` +
    "install one of these, or set WORKER_RUNTIME to runc, whose containers share the host's kernel"
  );
};

const flawOf = (host: HostGpus, gpu: DriverGpu): string | undefined => {
  if (gpu.cut === 'instances')
    return `GPU ${gpu.index} (${gpu.name}) is in MIG mode; whole GPUs are offered: nvidia-smi -i ${gpu.index} -mig 0`;
  if (ownNodes(host, gpu).length === 0)
    return `GPU ${gpu.index} (${gpu.name}) has no device node /dev/nvidia${host.minorOf(gpu)}`;
  return undefined;
};

const ownNodes = (host: HostGpus, gpu: DriverGpu): readonly DeviceNode[] => {
  const said = host.cdi === undefined ? [] : nodesOfGpu(host.cdi, gpu, host);
  if (said.length > 0) return said;
  const node = host.nodeOf(`/dev/nvidia${host.minorOf(gpu)}`);
  return node === undefined ? [] : [node];
};
