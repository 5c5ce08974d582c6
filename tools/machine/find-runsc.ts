import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../install/cache-folder.ts';
import { findOnPath } from '../install/find-on-path.ts';
import { runscVersion } from '../install/runsc.ts';

/** The runsc that a platform here would use: the installed one, else the one on PATH; undefined before the first ./tools/up. */
export const findRunsc = (): string | undefined =>
  [join(cacheFolder('runsc', runscVersion), 'runsc'), findOnPath('runsc')].find(
    (path) => path !== undefined && existsSync(path),
  );
