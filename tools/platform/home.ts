import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';

/**
 * Where one platform keeps its things. `folder` holds the data of this platform (SLIPWAY_HOME), `toolbox` what is
 * installed once for every platform of the checkout.
 */
export type Home = Readonly<{
  checkout: string;
  folder: string;
  toolbox: string;
  /** Marks what this platform makes outside its folder: cgroups, network namespaces, links. */
  instance: string;
  logs: string;
  run: string;
  data: string;
  portsFile: string;
  secretsFile: string;
  /** What an operator sets up, once for every `./tools/up`; written by hand. */
  settingsFile: string;
  environmentFile: string;
  /** Exports of the servers' addresses, for work on the services themselves. */
  serversFile: string;
  clientVenv: string;
  testVenvs: string;
}>;

export const checkoutFolder = resolve(import.meta.dirname, '../..');

/** The home below `folder`, which is taken relative to the checkout. */
export const homeAt = (folder: string, checkout: string = checkoutFolder): Home => {
  const home = resolve(checkout, folder);
  const toolbox = join(checkout, '.slipway');
  return {
    checkout,
    folder: home,
    toolbox,
    instance: createHash('sha256').update(home).digest('hex').slice(0, 6),
    logs: join(home, 'logs'),
    run: join(home, 'run'),
    data: join(home, 'data'),
    portsFile: join(home, 'ports.json'),
    secretsFile: join(home, 'secrets.json'),
    settingsFile: join(home, 'settings.env'),
    environmentFile: join(home, 'env'),
    serversFile: join(home, 'servers.env'),
    clientVenv: join(toolbox, 'client'),
    testVenvs: join(toolbox, 'test-venvs'),
  };
};

/** The home that the environment names, `.slipway` of the checkout where it names none. */
export const homeFromEnvironment = (): Home => homeAt(process.env['SLIPWAY_HOME'] ?? '.slipway');
