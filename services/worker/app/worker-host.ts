import type { GpuDevice, TaskId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { ObjectClient } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { HostGpuAccess, HostMachine, WorkerNetwork } from '@slipway/worker-core';
import type { WorkerConfig } from './config.js';
import type { GatewayRelay } from './control-socket/gateway-relay.js';
import type { WorkerFolders } from './host/worker-folders.js';
import type { LayerStore } from './layer-store/layer-store.js';
import type { BytecodeStore } from './bytecode/bytecode-store.js';
import type { MountStore } from './mount-store/mount-store.js';
import type { AddressPlaces } from './network/address-places.js';
import type { FoundPlace } from './network/places-of-servers.js';
import type { ContainerDisks } from './root-file-system/container-disks.js';
import type { ContainerRuntime } from './runtime/container-runtime.js';
import type { WebTask } from './web/web-task.js';
import type { UsageMeters } from './usage/usage-meters.js';
import type { VolumeMounts } from './volumes/volume-mounts.js';

/** What all containers of one worker share. Made once at the start of the process. */
export type WorkerHost = Readonly<{
  config: WorkerConfig;
  /** New with each start of the process. */
  bootId: string;
  machine: HostMachine;
  folders: WorkerFolders;
  runtime: ContainerRuntime;
  gpus: readonly GpuDevice[];
  /** What gives a container its GPUs. */
  gpuAccess: HostGpuAccess;
  network: WorkerNetwork;
  places: AddressPlaces;
  disks: ContainerDisks;
  resolverFile: string;
  /** How gateways reach the web relay, and the tasks that it relays to. */
  relayUrl: string;
  /** Where the command router listens. */
  routerPlace: FoundPlace;
  webTasks: Map<TaskId, WebTask>;
  /** How containers reach the blob-store. */
  blobBaseUrl: string;
  layers: LayerStore;
  mounts: MountStore;
  volumes: VolumeMounts;
  bytecode: BytecodeStore;
  usage: UsageMeters;
  gateway: GatewayRelay;
  bus: Bus;
  objects: ObjectClient;
  logger: Logger;
}>;
