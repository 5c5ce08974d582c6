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
  const settings = text
    .split('\n')
    .flatMap((line, index) =>
      /^\s*(#.*)?$/.test(line) ? [] : [settingOf(line, `${settingsFile}:${index + 1}`)],
    );
  return Object.fromEntries(settings);
};

/** One line by itself: a quote that is not closed would swallow those behind it. */
const settingOf = (line: string, where: string): readonly [name: string, value: string] => {
  const [, name, written] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
  if (name === undefined || written === undefined)
    throw new Error(`${where} is '${line.trim()}', but must be NAME=value or # a comment`);
  if (!isSetting(name) && !ofTheServers.test(name))
    throw new Error(
      `${where} sets ${name}, which nothing reads from there; the READMEs of the services name what can be set`,
    );
  if (!/^('[^']*'|"[^"]*"|[^'"#\s][^'"#]*|)(\s+#.*)?$/.test(written))
    throw new Error(
      `${where} sets ${name} to something with a quote or a # in it; put all of it in quotes of one kind`,
    );
  return [name, parseEnv(line)[name] ?? ''];
};

/** The environment goes before the file. */
export const applySettingsFile = (home: Home): void => {
  for (const [name, value] of Object.entries(readSettingsFile(home))) process.env[name] ??= value;
};
