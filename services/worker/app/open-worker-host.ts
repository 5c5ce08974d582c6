import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { readMount, type ObjectClient } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { firewallRules, NO_EDITS } from '@slipway/worker-core';
import { startBlobRelay } from './blob-relay/blob-relay.js';
import { BytecodeStore } from './bytecode/bytecode-store.js';
import { emptyAfterPowerCut } from './caches/empty-after-power-cut.js';
import { removeUnfinished } from './caches/remove-unfinished.js';
import type { WorkerConfig } from './config.js';
import { GatewayRelay } from './control-socket/gateway-relay.js';
import { findGpus, type FoundGpus } from './gpus/find-gpus.js';
import { readHostMachine } from './host/read-host-machine.js';
import { workerFolders } from './host/worker-folders.js';
import { LayerStore } from './layer-store/layer-store.js';
import { MountStore } from './mount-store/mount-store.js';
import { AddressPlaces } from './network/address-places.js';
import { raiseBridges, removeBridges } from './network/bridges.js';
import { claimBlock, releaseBlock } from './network/claim-block.js';
import { removeCgroups } from './cgroups/remove-cgroups.js';
import { workerCgroup } from './cgroups/cgroup-paths.js';
import { lowerFirewall, raiseFirewall } from './network/firewall.js';
import { placesOfServers } from './network/places-of-servers.js';
import { resolverFile } from './network/resolver-file.js';
import { reapLeftovers } from './reap-leftovers/reap-leftovers.js';
import { ContainerDisks } from './root-file-system/container-disks.js';
import { chooseRuntime } from './runtime/choose-runtime.js';
import { startWebRelay } from './web/relay/web-relay.js';
import type { WebTask } from './web/web-task.js';
import { BlockCache } from './volumes/block-cache.js';
import { VolumeMounts } from './volumes/volume-mounts.js';
import { SendUsage } from './usage/send-usage.js';
import { UsageMeters } from './usage/usage-meters.js';
import { UsageSpool } from './usage/usage-spool.js';
import type { WorkerHost } from './worker-host.js';

const MIB = 1024 * 1024;

export type OpenedHost = Readonly<{ host: WorkerHost; close: () => Promise<void> }>;

/** Makes the machine ready for containers: cleans up after an earlier boot, raises the network, opens the stores. */
export const openWorkerHost = async (
  config: WorkerConfig,
  bus: Bus,
  objects: ObjectClient,
  logger: Logger,
): Promise<OpenedHost> => {
  const machine = readHostMachine();
  const folders = workerFolders(config.dataDir, config.workerId);
  const runtime = await chooseRuntime(config.runtime, folders.runtimeState, machine.cgroups);
  const network = claimBlock(config.workerId);
  const left = await reapLeftovers(config.workerId, folders, runtime, machine, network);
  if (left.length > 0) logger.warn({ containers: left }, 'removed what an earlier boot left');
  await removeUnfinished(folders);
  if ((await emptyAfterPowerCut(config.dataDir, folders)) === 'emptied')
    logger.info({}, 'the host has started anew: caches begin empty');

  await raiseBridges(network);
  const relay = await startBlobRelay(network.gateway, config.blobStoreUrl);
  const chains = firewallRules(config.workerId, network, relay.port, config.deniedNetworks);
  await raiseFirewall(chains);
  const resolver = join(config.dataDir, 'resolv.conf');
  await writeFile(resolver, await resolverFile(config.fallbackNameServers), { mode: 0o644 });

  const found: FoundGpus =
    config.simulatedGpus.length > 0
      ? { gpus: config.simulatedGpus, access: { common: NO_EDITS, perGpu: new Map() }, keptBack: [] }
      : await findGpus(runtime.name, config);
  if (found.driver !== undefined) logger.info({ ...found.driver, offered: found.gpus }, 'found GPUs');
  for (const reason of found.keptBack) logger.warn({ reason }, 'keeps GPUs back');
  const blobBaseUrl = `http://${network.gateway}:${relay.port}`;
  const gateway = new GatewayRelay(config.gatewayUrl, config.internalKey, blobBaseUrl);
  const webTasks = new Map<TaskId, WebTask>();
  const { relay: relayPlace, router: routerPlace } = await placesOfServers(config);
  logger.info({ relay: relayPlace.host, router: routerPlace.host }, 'gateways reach this worker');
  const web = await startWebRelay(relayPlace, config.internalKey, webTasks);
  const { workerId, region, vendor, usageIntervalMs } = config;
  const spool = await UsageSpool.open(folders.usage, logger);
  const sending = new SendUsage(spool, bus, logger);
  const usage = new UsageMeters(spool, {
    place: { workerId, ...(region !== undefined && { region }), ...(vendor !== undefined && { vendor }) },
    devices: found.gpus,
    intervalMs: usageIntervalMs,
  });
  const host: WorkerHost = {
    config,
    bootId: randomUUID(),
    machine,
    folders,
    runtime,
    gpus: found.gpus,
    gpuAccess: found.access,
    network,
    places: new AddressPlaces(),
    disks: new ContainerDisks(),
    resolverFile: resolver,
    relayUrl: web.url,
    routerPlace,
    webTasks,
    blobBaseUrl,
    layers: new LayerStore(folders.layers, objects),
    mounts: new MountStore(folders.files, folders.mounts, {
      getMount: (mountId) => readMount(bus, mountId),
      get: (digest) => objects.get(digest),
    }),
    volumes: new VolumeMounts({
      folder: folders.volumes,
      cache: new BlockCache(folders.blocks, config.blockCacheLimitMiB * MIB, objects),
      stagingLimitBytes: config.volumeStagingLimitMiB * MIB,
      bus,
      objects,
      runtime,
      logger,
    }),
    bytecode: new BytecodeStore(folders.bytecode),
    usage,
    gateway,
    bus,
    objects,
    logger,
  };
  return {
    host,
    close: async () => {
      usage.stop();
      await sending.close();
      gateway.close();
      await relay.close();
      await web.close();
      await lowerFirewall(chains);
      await removeBridges(network);
      await removeCgroups(workerCgroup(config.workerId), machine.cgroups);
      releaseBlock(network);
    },
  };
};
