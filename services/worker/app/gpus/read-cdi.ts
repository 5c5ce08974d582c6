import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isNvidiaCdi, type CdiSpec } from '@slipway/worker-core';
import { parse } from 'yaml';

/** Where the specification says that hosts keep them; the later folder wins. */
const FOLDERS = ['/etc/cdi', '/var/run/cdi'];

/** The CDI specification of this host's NVIDIA GPUs; undefined where there is none, or none that can be read. */
export const readCdi = async (): Promise<CdiSpec | undefined> => {
  let found: CdiSpec | undefined;
  for (const folder of FOLDERS)
    for (const name of (await readdir(folder).catch(() => [])).toSorted()) {
      if (!/\.(json|ya?ml)$/.test(name)) continue;
      const spec: unknown = await readFile(join(folder, name), 'utf8').then(
        (text) => parse(text) as unknown,
        () => undefined,
      );
      if (isNvidiaCdi(spec)) found = spec;
    }
  return found;
};
