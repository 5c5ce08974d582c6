import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askProbe } from '../supervisor/probes/probe.ts';
import type { Probe } from '../supervisor/process-spec.ts';
import { runLogged } from '../terminal/run-logged.ts';
import { runQuietly } from '../terminal/run-quietly.ts';
import { step } from '../terminal/steps.ts';
import type { Ports } from './choose-ports.ts';
import { composeEnvironment } from './compose-environment.ts';
import type { Home } from './home.ts';
import type { Secrets } from './secrets.ts';

const readyMs = 120_000;
const pollMs = 250;

/** Starts the servers of docker-compose.yml where SLIPWAY_USE_DOCKER=1 and an engine answers; true when it did. */
export const startComposeServers = async (
  home: Home,
  ports: Ports,
  secrets: Secrets,
  log: string,
): Promise<boolean> => {
  if (process.env['SLIPWAY_USE_DOCKER'] !== '1') return false;
  const engine = await runQuietly('docker', ['info']);
  if (!engine.ok)
    throw new Error('SLIPWAY_USE_DOCKER is 1, and no Docker engine answers; start one or unset it');
  await step('Docker servers', async (say) => {
    const compose = ['compose', '--project-name', `slipway-${home.instance}`];
    await runLogged(
      'docker',
      [...compose, '-f', join(home.checkout, 'docker-compose.yml'), 'up', '-d', 'postgres', 'nats', 'redis'],
      {
        log,
        environment: composeEnvironment(ports, secrets),
      },
    );
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
    say('postgres, nats, redis');
  });
  return true;
};
