import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Home } from '../../platform/home.ts';
import { begunThings } from '../begun-things.ts';
import { endProgram } from '../client/end-program.ts';

const portBase = '9800';

/** Starts a platform of the benchmarks' own, beside whatever else runs on the machine; what it holds stays for the next run. */
export const startBenchPlatform = (home: Home, build: boolean): Promise<void> =>
  runTool(home, 'up', ['--no-hello', '--log-level', 'warn', ...(build ? [] : ['--no-build'])]);

/** Stops it and removes all that it holds. */
export const wipeBenchPlatform = (home: Home): Promise<void> => runTool(home, 'down', ['--wipe']);

/** Stops it, also where the run was interrupted. */
export const stopBenchPlatform = (home: Home): Promise<void> => ended('down', startTool(home, 'down', []));

const runTool = async (home: Home, name: string, words: readonly string[]): Promise<void> => {
  let tool: ChildProcess | undefined;
  await begunThings.during(
    async () => tool && endProgram(tool),
    () => ended(name, (tool = startTool(home, name, words))),
  );
};

/** Starts a command of ./tools on this home; what it prints goes to standard error, for standard output is the result's. */
const startTool = (home: Home, name: string, words: readonly string[]): ChildProcess =>
  spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(home.checkout, 'tools', 'cli', `${name}.ts`), ...words],
    {
      cwd: home.checkout,
      env: { SLIPWAY_PORT_BASE: portBase, ...process.env, SLIPWAY_HOME: home.folder },
      stdio: ['ignore', process.stderr, process.stderr],
      detached: true,
    },
  );

const ended = async (name: string, tool: ChildProcess): Promise<void> => {
  const [code] = (await once(tool, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`./tools/${name} exited with code ${code}`);
};
