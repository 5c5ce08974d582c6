import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPython } from '../../install/find-python.ts';
import { clientRequirements, clientVersion, installPythonClient } from '../../install/python-client.ts';
import { UsageError } from '../../terminal/parse-arguments.ts';
import { CommandFailed } from '../../terminal/run-logged.ts';
import { skipped, step, type Say } from '../../terminal/steps.ts';
import { connectionText, serversText } from '../connection-text.ts';
import { askForFirstToken, whyNoHello } from '../first-token.ts';
import { gatewayUrl } from '../gateway-url.ts';
import type { Home } from '../home.ts';
import { claimPorts } from '../ports.ts';
import { runHello } from '../run-hello.ts';
import { keepSecrets } from '../secrets.ts';
import type { UpOptions } from '../up-options.ts';
import { writeEnvironmentFiles } from '../write-environment-files.ts';
import type { Way } from './choose-way.ts';
import { isServiceSetting } from '../operator-settings.ts';
import { composeEnvironment } from './compose-environment.ts';
import { ComposeProject } from './compose-project.ts';
import { serversInDocker } from './compose-servers.ts';
import { isReady } from './container-states.ts';
import { openProject } from './open-project.ts';

const readyMs = 180_000;
const pollMs = 500;

/** Everything that `./tools/up` does where the platform runs in containers of a Docker engine. */
export const bringUpInDocker = async (
  home: Home,
  options: UpOptions,
  { compose, because }: Extract<Way, { kind: 'docker' }>,
): Promise<void> => {
  refuseWhatDockerHasNot(options);
  const log = join(home.logs, 'docker.log');
  for (const folder of [home.logs, home.run, home.data]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secrets = keepSecrets(home);
  const running = (await openProject(home)?.states()) ?? [];
  const held = running.filter(({ state }) => state === 'running').map(({ service }) => service);
  const ports = await claimPorts(home, 1, new Set(held));
  const project = new ComposeProject(
    home,
    { parts: 'all', compose },
    {
      ...composeEnvironment(ports, secrets),
      SLIPWAY_LOG_LEVEL: options.logLevel,
      SLIPWAY_WORKER_RUNTIME: options.runtime,
    },
  );
  skipped('Processes', `in Docker (${because})`);
  if (options.build && !options.infrastructureOnly)
    // One image is all services'.
    await step('Image', () => project.run(['build', 'gateway'], log));
  await step('Containers', async (say) => {
    await project.run(
      ['up', '--detach', '--no-build', ...(options.infrastructureOnly ? serversInDocker : [])],
      log,
    );
    await untilReady(project, log, say);
  });
  const firstToken = options.infrastructureOnly
    ? 'valid'
    : await askForFirstToken({ url: gatewayUrl(ports), ...secrets });
  writeEnvironmentFiles(home, ports, secrets, firstToken);
  if (options.infrastructureOnly) return console.log(serversText(home));
  const client = await installClient(home, log);
  const noHello = client ? whyNoHello(options, firstToken) : 'it needs the Python client';
  if (noHello === undefined) await runHello(home);
  else skipped('Hello', noHello);
  console.log(connectionText(home, ports, secrets, firstToken, project.logsText));
};

/** Settings of services that docker-compose.yml hands on. */
const READ_BY_COMPOSE: ReadonlySet<string> = new Set(['SLIPWAY_FORMER_MASTER_KEYS']);

/** What docker-compose.yml has no setting for is refused, not left out. */
const refuseWhatDockerHasNot = ({ workers, simulatedGpu, simulatedCloud }: UpOptions): void => {
  const refused = [
    ...(workers > 1 ? [`--workers is ${workers}`] : []),
    ...(simulatedGpu === undefined ? [] : [`--simulate-gpu is ${simulatedGpu}`]),
    ...(simulatedCloud ? ['--simulate-cloud is given'] : []),
  ];
  if (refused.length > 0)
    throw new UsageError(`${refused.join(', ')}; in Docker there is one worker, without simulated hardware`);
  const settings = Object.keys(process.env).filter(
    (name) => isServiceSetting(name) && !READ_BY_COMPOSE.has(name),
  );
  if (settings.length > 0)
    throw new UsageError(
      `${settings.join(', ')} is set, but in Docker services have the settings that docker-compose.yml gives them: write it there, under its service, and leave it out here`,
    );
};

const untilReady = async (project: ComposeProject, log: string, say: Say): Promise<void> => {
  const deadline = Date.now() + readyMs;
  for (;;) {
    const states = await project.states();
    const late = states.filter((state) => !isReady(state));
    if (late.length === 0) return say(`ready: ${states.map(({ service }) => service).join(', ')}`);
    const [first] = late;
    if (Date.now() > deadline)
      throw new CommandFailed(
        late.map(({ service }) => service).join(', '),
        `not ready after ${readyMs / 1000} s (${first!.status})`,
        log,
        await project.lastLines(first!.service),
      );
    say(`waiting for ${late.map(({ service }) => service).join(', ')}`);
    await sleep(pollMs);
  }
};

/** The client runs on this machine, in a virtual environment of its Python; false where there is none. */
const installClient = async (home: Home, log: string): Promise<boolean> => {
  if ((await findPython()) === undefined) {
    skipped('Python client', `no Python 3.10 or newer here; pip install modal==${clientVersion} elsewhere`);
    return false;
  }
  await step('Python client', async (say) => {
    const venv = { folder: home.clientVenv, clientVersion, requirements: clientRequirements };
    await installPythonClient(venv, log);
    say(`modal ${clientVersion}`);
  });
  return true;
};
