import { askSupervisor } from '../supervisor/ask-supervisor.ts';
import { homeFromEnvironment } from '../platform/home.ts';
import { readHomeContents } from '../platform/home-contents.ts';
import { lockHome } from '../platform/lock-home.ts';
import { bringUp } from '../platform/bring-up.ts';
import { bringUpInDocker } from '../platform/docker/bring-up-in-docker.ts';
import { findWay } from '../platform/docker/find-way.ts';
import { runCommandLine } from '../terminal/run-command-line.ts';
import { applySettingsFile } from '../platform/settings-file.ts';
import { upFlags, upOptions } from '../platform/up-options.ts';

const help = `
Usage: ./tools/up [options]

Installs what is missing, builds, starts the platform and leaves it running. Running it again keeps the data,
takes seconds, and restarts what was rebuilt. Where processes cannot run (no Debian to install what is missing, or
not root), the platform runs in containers of a Docker engine instead.

  --workers N            worker processes to start (default 1)
  --runtime runsc|runc   what isolates containers (default runsc)
  --simulate-gpu T:N     workers offer N pretended GPUs of the type T, such as H100:8
  --simulate-cloud       simulated vendors, whose hosts the capacity planner starts as workers on this machine
  --docker               run everything in Docker, wherever that is not done by itself
  --only infra           start PostgreSQL, NATS and Redis alone, for development
  --log-level LEVEL      trace, debug, info (default), warn or error
  --no-build             run what was built before
  --no-hello             do not run examples/hello.py at the end
  --help                 this text

Environment:
  DATABASE_URL, NATS_URL, REDIS_URL   servers to use in place of own ones
  SLIPWAY_HOME                        folder of all data, an empty one at first (default .slipway)
  SLIPWAY_PORT_BASE                   first of the default ports (8700, or as before); the gateway takes it
  SLIPWAY_PORT_<NAME>                 one port, such as SLIPWAY_PORT_GATEWAY
  SLIPWAY_USE_DOCKER=1                run PostgreSQL, NATS and Redis in Docker, and the services as processes
  settings of services                GATEWAY_…, WORKER_…, SLIPWAY_FORMER_MASTER_KEYS and others that their READMEs name:
                                      those of this environment hold, and a service starts anew where its own change;
                                      lines of NAME=value in the file settings.env of SLIPWAY_HOME hold where this
                                      environment says nothing
`;

const home = homeFromEnvironment();
const ranBefore =
  (await askSupervisor(home.folder, { command: 'status' }).catch(() => undefined)) !== undefined;

await runCommandLine({
  name: 'up',
  help,
  options: upFlags,
  ...(ranBefore
    ? { goesOn: 'the platform goes on, and ./tools/up does what is left' }
    : {
        onInterrupt: async () => {
          await askSupervisor(home.folder, { command: 'stop' }).catch(() => undefined);
        },
      }),
  run: async (parsed) => {
    const options = upOptions(parsed);
    readHomeContents(home.folder);
    lockHome(home);
    applySettingsFile(home);
    const way = await findWay(home, parsed.flags.has('docker'), options);
    if (way.kind === 'docker') await bringUpInDocker(home, options, way);
    else await bringUp(home, options);
    return 0;
  },
});
