import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from '../terminal/run-quietly.ts';
import { findOnPath } from './find-on-path.ts';
import type { Installed } from './installed.ts';
import { versionIn } from './version.ts';

/** Redis: the one on PATH, else the server inside Debian's redis-tools, which is the program under another name. */
export const installRedis = async (toolbox: string): Promise<Installed> => {
  const path = findOnPath('redis-server') ?? linkFromTools(toolbox);
  const version = versionIn((await runQuietly(path, ['--version'])).output);
  if (!version) throw new Error(`${path} --version does not answer as a Redis server`);
  return { path, version, source: 'on PATH' };
};

const linkFromTools = (toolbox: string): string => {
  const program = findOnPath('redis-check-rdb');
  if (!program) throw new Error('no redis-server was found; install it, or name one by REDIS_URL');
  const link = join(toolbox, 'bin', 'redis-server');
  mkdirSync(join(toolbox, 'bin'), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(program, link);
  return link;
};
