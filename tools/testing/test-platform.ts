import { join } from 'node:path';
import { bringUp } from '../platform/bring-up.ts';
import { clearLeftovers } from '../platform/clear-leftovers.ts';
import { checkoutFolder, homeAt, type Home } from '../platform/home.ts';
import { stopPlatform } from '../platform/stop-platform.ts';
import { wipeHome } from '../platform/wipe-home.ts';
import { existsSync } from 'node:fs';

const portBase = 9700;
/** Where a test serves Pythons for `add_python`, counted from the first port of the platform. */
const pythonBuildsOffset = 80;

/** The home of the platform that tests run on: never that of a developer. */
export const testHome = (): Home => homeAt('.slipway-test', checkoutFolder);

/** Starts a fresh platform for tests, beside whatever else runs on the machine. */
export const startTestPlatform = async (): Promise<Home> => {
  const home = testHome();
  await takeDownTestPlatform();
  const base = (process.env['SLIPWAY_PORT_BASE'] ??= String(portBase));
  process.env['IMAGE_BUILDER_PYTHON_BUILDS'] ??= `http://127.0.0.1:${Number(base) + pythonBuildsOffset}`;
  await bringUp(home, {
    infrastructureOnly: false,
    hello: false,
    build: false,
    workers: 1,
    runtime: 'runsc',
    logLevel: 'info',
    simulatedCloud: false,
  });
  return home;
};

/** Stops the platform of the tests and removes its data. */
export const takeDownTestPlatform = async (): Promise<void> => {
  const home = testHome();
  if (!existsSync(join(home.folder))) return;
  await stopPlatform(home);
  await clearLeftovers(home);
  wipeHome(home);
};
