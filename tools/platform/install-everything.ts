import { join } from 'node:path';
import { installDebianPackages, type OwnServers } from '../install/debian-packages.ts';
import type { Installed } from '../install/installed.ts';
import { installNats } from '../install/nats.ts';
import { majorOfData, postgresFor } from '../install/postgres.ts';
import { clientRequirements, clientVersion, installPythonClient } from '../install/python-client.ts';
import { installRedis } from '../install/redis.ts';
import { findRunc } from '../install/runc.ts';
import { installRunsc } from '../install/runsc.ts';
import { step, type Say } from '../terminal/steps.ts';
import type { Home } from './home.ts';

/** The programs of a platform; a server is missing where the operator named one that runs elsewhere. */
export type Programs = Readonly<{
  postgres?: Installed;
  nats?: Installed;
  redis?: Installed;
  runsc: Installed;
  runc: Installed;
}>;

/** Puts everything in place that the platform runs on; each step does nothing where it is done already. */
export const installEverything = async (home: Home, own: OwnServers, log: string): Promise<Programs> => {
  const database = join(home.data, 'postgres');
  // Data asks for its own version, which the newest package may not be.
  const newPostgres = own.postgres && majorOfData(database) === undefined;
  await step('Debian packages', async (say) => {
    const installed = await installDebianPackages(log, { ...own, postgres: newPostgres }, say);
    say(installed.length > 0 ? `installed ${installed.join(', ')}` : 'all there');
  });
  await step('Python client', async (say) => {
    const venv = { folder: home.clientVenv, clientVersion, requirements: clientRequirements };
    await installPythonClient(venv, log);
    say(`modal ${clientVersion}`);
  });
  const found = async (title: string, find: (say: Say) => Promise<Installed>): Promise<Installed> =>
    step(title, async (say) => {
      const program = await find(say);
      say(`${program.version}, ${program.source}`);
      return program;
    });
  const servers = {
    ...(own.postgres
      ? { postgres: await found('PostgreSQL', (say) => postgresFor(database, log, say)) }
      : {}),
    ...(own.nats ? { nats: await found('NATS', () => installNats(home.clientVenv, log)) } : {}),
    ...(own.redis ? { redis: await found('Redis', () => installRedis(home.toolbox)) } : {}),
  };
  const runc = await found('runc', findRunc);
  const runsc = await found('runsc', (say) => installRunsc(home.clientVenv, log, say));
  return { ...servers, runc, runsc };
};
