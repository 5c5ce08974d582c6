import type { WorkerHost } from '../worker-host.js';
import { cleanLayers } from './clean-layers.js';
import { cleanFiles, cleanFolders } from './clean-unused.js';
import { foldersInUse } from './folders-in-use.js';

const HOUR_MS = 60 * 60 * 1000;
const PERIOD_MS = HOUR_MS / 6;
/** Looking at every file that was ever mounted takes a while. */
const ROUNDS_BETWEEN_UNUSED = 36;
const UNUSED_FOR_MS = 3 * 24 * HOUR_MS;

/**
 * Keeps the caches from growing without end, now and then, one round after the other: layers below their limit; mounts, compiled
 * files and files of mounts as long as somebody uses them.
 */
export const cleanCaches = (host: WorkerHost): NodeJS.Timeout => {
  let cleaning: Promise<void> | undefined;
  let round = 0;
  return setInterval(() => {
    cleaning ??= clean(host, (round += 1))
      .catch((error: unknown) => host.logger.warn({ err: error }, 'the caches were not cleaned'))
      .finally(() => (cleaning = undefined));
  }, PERIOD_MS).unref();
};

const clean = async (host: WorkerHost, round: number): Promise<void> => {
  const { folders, config, logger } = host;
  const inUse = () => foldersInUse(folders.containers);
  const layers = await cleanLayers(folders.layers, config.layerCacheLimitMiB, inUse);
  if (layers.length > 0) logger.info({ removed: layers }, 'removed layers that were used longest ago');
  if (round % ROUNDS_BETWEEN_UNUSED !== 1) return;
  const since = Date.now() - UNUSED_FOR_MS;
  const bytecode = await cleanFolders(folders.bytecode, since, inUse);
  const mounts = await cleanFolders(folders.mounts, since, inUse);
  const files = await cleanFiles(folders.files, since);
  if (bytecode + mounts + files > 0)
    logger.info({ mounts, bytecode, files }, 'removed what nobody used for days');
};
