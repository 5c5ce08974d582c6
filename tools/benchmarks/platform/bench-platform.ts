import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Home } from '../../platform/home.ts';

const portBase = '9800';

/** Starts a platform of the benchmarks' own, beside whatever else runs on the machine; what it holds stays for the next run. */
export const startBenchPlatform = (home: Home, build: boolean): Promise<void> =>
  runTool(home, 'up', ['--no-hello', '--log-level', 'warn', ...(build ? [] : ['--no-build'])]);

export const stopBenchPlatform = (home: Home): Promise<void> => runTool(home, 'down', []);

/** Stops it and removes all that it holds. */
export const wipeBenchPlatform = (home: Home): Promise<void> => runTool(home, 'down', ['--wipe']);

/** Runs a command of ./tools on this home; what it prints goes to standard error, for standard output is the result's. */
const runTool = (home: Home, name: string, words: readonly string[]): Promise<void> =>
  new Promise((done, fail) => {
    const program = join(home.checkout, 'tools', 'cli', `${name}.ts`);
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...words], {
      cwd: home.checkout,
      env: { SLIPWAY_PORT_BASE: portBase, ...process.env, SLIPWAY_HOME: home.folder },
      stdio: ['ignore', process.stderr, process.stderr],
    });
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0 ? done() : fail(new Error(`./tools/${name} exited with code ${code}`)),
    );
  });
