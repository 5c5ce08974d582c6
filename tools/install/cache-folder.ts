import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's cache of expensive tools, shared by every checkout: `<cache>/slipway/<tool>-<version>`. */
export const cacheFolder = (tool: string, version: string): string =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'slipway', `${tool}-${version}`);
