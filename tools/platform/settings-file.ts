import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Home } from './home.ts';
import { isSetting } from './operator-settings.ts';

const ofTheServers = /^(DATABASE_URL|NATS_URL|REDIS_URL|SLIPWAY_USE_DOCKER|SLIPWAY_PORT_\w+)$/;

/**
 * The settings that an operator keeps beside the platform's data, lines of `NAME=value`; none without the file. Throws an error that
 * names the line where one is no assignment, or a name that nothing reads.
 */
export const readSettingsFile = ({ settingsFile }: Pick<Home, 'settingsFile'>): Record<string, string> => {
  if (!existsSync(settingsFile)) return {};
  const text = readFileSync(settingsFile, 'utf8');
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const name = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1];
    if (name === undefined)
      throw new Error(
        `${settingsFile}:${index + 1} is '${line.trim()}', but must be NAME=value or # a comment`,
      );
    if (!isSetting(name) && !ofTheServers.test(name))
      throw new Error(
        `${settingsFile}:${index + 1} sets ${name}, which nothing reads from there; the READMEs of the services name what can be set`,
      );
  }
  return parseEnv(text) as Record<string, string>;
};
