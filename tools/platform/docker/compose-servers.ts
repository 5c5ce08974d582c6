import { setTimeout as sleep } from 'node:timers/promises';
import { askProbe } from '../../supervisor/probes/probe.ts';
import type { Probe } from '../../supervisor/process-spec.ts';
import { step } from '../../terminal/steps.ts';
import type { Ports } from '../choose-ports.ts';
import type { Home } from '../home.ts';
import type { Secrets } from '../secrets.ts';
import { composeEnvironment } from './compose-environment.ts';
import { ComposeProject } from './compose-project.ts';
import { findCompose } from './find-compose.ts';

const readyMs = 120_000;
const pollMs = 250;

export const serversInDocker = ['postgres', 'nats', 'redis'] as const;

/** Are the three servers to run by docker-compose.yml, beside services that are processes of this machine? */
export const wantsServersInDocker = (environment: NodeJS.ProcessEnv): boolean =>
  environment['SLIPWAY_USE_DOCKER'] === '1';

/** Starts the servers of docker-compose.yml, and waits until they answer. */
export const startComposeServers = async (
  home: Home,
  ports: Ports,
  secrets: Secrets,
  log: string,
): Promise<void> => {
  const compose = await findCompose();
  if ('missing' in compose)
    throw new Error(`SLIPWAY_USE_DOCKER is 1, and ${compose.missing}; start one or unset it`);
  await step('Docker servers', async (say) => {
    const mark = { parts: 'servers', compose: compose.words } as const;
    const project = new ComposeProject(home, mark, composeEnvironment(ports, secrets));
    await project.run(['up', '--detach', ...serversInDocker], log);
    const probes: Probe[] = [
      { kind: 'postgres', port: ports['postgres']! },
      { kind: 'http', url: `http://127.0.0.1:${ports['nats-monitor']}/healthz` },
      { kind: 'redis', port: ports['redis']!, password: secrets.redisPassword },
    ];
    const deadline = Date.now() + readyMs;
    for (const probe of probes) {
      for (let health = await askProbe(probe); health !== 'ready'; health = await askProbe(probe)) {
        if (Date.now() > deadline)
          throw new Error(`the ${probe.kind} server of docker-compose.yml is not ready: ${health}`);
        await sleep(pollMs);
      }
    }
    say(serversInDocker.join(', '));
  });
};
