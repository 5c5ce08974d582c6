import { readdir, readlink } from 'node:fs/promises';
import type { WorkerHost } from '../worker-host.js';
import { cleanLayers } from './clean-layers.js';

const PERIOD_MS = 10 * 60 * 1000;

/** The layers that lie under a mounted root, by what each container's folder links to. */
const layersInUse = async ({ folders }: WorkerHost): Promise<ReadonlySet<string>> => {
  const used = new Set<string>();
  for (const id of await readdir(folders.containers)) {
    const names = `${folders.containers}/${id}/l`;
    for (const name of await readdir(names).catch(() => []))
      used.add((await readlink(`${names}/${name}`).catch(() => '')).split('/').at(-1) ?? '');
  }
  return used;
};

/** Keeps the cache of layers below its limit, now and then. */
export const cleanCache = (host: WorkerHost): NodeJS.Timeout =>
  setInterval(() => {
    void layersInUse(host)
      .then((inUse) => cleanLayers(host.folders.layers, host.config.layerCacheLimitMiB, inUse))
      .then((removed) => {
        if (removed.length > 0) host.logger.info({ removed }, 'removed layers that were used longest ago');
      })
      .catch((error: unknown) => host.logger.warn({ err: error }, 'the layer cache was not cleaned'));
  }, PERIOD_MS).unref();
