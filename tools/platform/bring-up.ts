import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OwnServers } from '../install/debian-packages.ts';
import { startComposeServers, wantsServersInDocker } from './docker/compose-servers.ts';
import { openProject } from './docker/open-project.ts';
import type { UpOptions } from './up-options.ts';
import { stopOrphans } from '../supervisor/stop-orphans.ts';
import { askSupervisor } from '../supervisor/ask-supervisor.ts';
import type { ProcessSpec } from '../supervisor/process-spec.ts';
import type { ProcessStatus } from '../supervisor/process-status.ts';
import { runLogged } from '../terminal/run-logged.ts';
import { skipped, step } from '../terminal/steps.ts';
import { checkNamedServers } from './check-named-servers.ts';
import { clearFolder } from './clear-leftovers.ts';
import type { Ports } from './choose-ports.ts';
import { connectionText, serversText } from './connection-text.ts';
import { createDatabase } from './create-database.ts';
import { endpointsFrom, ownEndpoints } from './endpoints.ts';
import { askForFirstToken, whyNoHello } from './first-token.ts';
import { gatewayUrl } from './gateway-url.ts';
import type { Home } from './home.ts';
import { natsProcess, postgresProcess, redisProcess } from './infrastructure-processes.ts';
import { installEverything, type Programs } from './install-everything.ts';
import { claimPorts } from './ports.ts';
import { runHello } from './run-hello.ts';
import { keepSecrets, type Secrets } from './secrets.ts';
import { serviceProcesses } from './service-processes.ts';
import { startSupervisor } from './start-supervisor.ts';
import { waitUntilReady } from './wait-until-ready.ts';
import { writeEnvironmentFiles } from './write-environment-files.ts';

/** A slow machine that starts everything for the first time is not a failure. */
const readyMs = 180_000;

/** Everything that `./tools/up` does, in order. */
export const bringUp = async (home: Home, options: UpOptions): Promise<void> => {
  await checkNamedServers(process.env);
  const log = join(home.logs, 'install.log');
  for (const folder of [home.logs, home.run, home.data]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secrets = keepSecrets(home);
  const running = await askSupervisor(home.folder, { command: 'status' });
  // What a killed supervisor left would hold the ports of this platform.
  if (!running) await stopOrphans(home.run);
  const alive = (running?.processes ?? []).filter(({ pid }) => pid !== null).map(({ name }) => name);
  const containers = (await openProject(home)?.states()) ?? [];
  alive.push(...containers.filter(({ state }) => state === 'running').map(({ service }) => service));
  const ports = await claimPorts(home, options.workers, new Set(alive));
  const docker = wantsServersInDocker(process.env);
  if (docker) await startComposeServers(home, ports, secrets, log);
  const own = ownServers(docker);
  const programs = await installEverything(home, own, log);
  if (options.build && !options.infrastructureOnly) {
    await step('Build', () =>
      runLogged('npm', ['run', 'build'], { log: join(home.logs, 'build.log'), folder: home.checkout }),
    );
  }
  const plan = await planProcesses(home, options, { ports, secrets, programs, log });
  await step('Supervisor', async (say) => {
    const started = await startSupervisor(home);
    const applied = await askSupervisor(home.folder, { command: 'apply', plan: { processes: plan } });
    // The containers of a worker that is no longer wanted have nobody left who would end them.
    for (const { name, tier } of running?.processes ?? [])
      if (tier === 'worker' && !plan.some((spec) => spec.name === name))
        await clearFolder(join(home.data, name));
    const anew = startedAnew(running?.processes ?? [], applied?.processes ?? []);
    say(started ? 'started' : anew.length === 0 ? 'ran already' : `ran already; anew: ${anew.join(', ')}`);
  });
  for (const tier of ['infrastructure', 'service', 'worker'] as const) {
    const names = plan.filter((spec) => spec.tier === tier).map(({ name }) => name);
    if (names.length === 0) continue;
    await step(tierTitles[tier], async (say) => {
      await waitUntilReady(home, {
        wanted: (status) => names.includes(status.name),
        timeoutMs: readyMs,
        say,
      });
      say(`ready: ${names.join(', ')}`);
    });
  }
  const firstToken = options.infrastructureOnly
    ? 'valid'
    : await askForFirstToken({ url: gatewayUrl(ports), ...secrets });
  writeEnvironmentFiles(home, ports, secrets, firstToken);
  if (options.infrastructureOnly) {
    console.log(serversText(home));
    return;
  }
  const noHello = whyNoHello(options, firstToken);
  if (noHello === undefined) await runHello(home);
  else skipped('Hello', noHello);
  console.log(connectionText(home, ports, secrets, firstToken));
};

/** What ran before, and was ended for its code or its settings are others now. */
const startedAnew = (before: readonly ProcessStatus[], now: readonly ProcessStatus[]): string[] => {
  const pids = new Map(before.map(({ name, pid }) => [name, pid]));
  return now.filter(({ name, pid }) => pids.get(name) && pids.get(name) !== pid).map(({ name }) => name);
};

const tierTitles = { infrastructure: 'Servers', service: 'Services', worker: 'Workers' } as const;

/** The servers that are neither named by the operator nor run in Docker. */
export const ownServers = (docker: boolean): OwnServers => ({
  postgres: !docker && !process.env['DATABASE_URL'],
  nats: !docker && !process.env['NATS_URL'],
  redis: !docker && !process.env['REDIS_URL'],
});

type Parts = Readonly<{ ports: Ports; secrets: Secrets; programs: Programs; log: string }>;

const planProcesses = async (
  home: Home,
  options: UpOptions,
  { ports, secrets, programs, log }: Parts,
): Promise<ProcessSpec[]> => {
  const setting = { home, ports, secrets, environment: process.env };
  const { postgres, nats, redis } = programs;
  if (postgres)
    await step('Database', async (say) =>
      say((await createDatabase(home, secrets, postgres, log)) ? 'created' : 'kept'),
    );
  const servers = [
    ...(postgres ? [await postgresProcess(setting, postgres)] : []),
    ...(nats ? [natsProcess(setting, nats)] : []),
    ...(redis ? [redisProcess(setting, redis)] : []),
  ];
  if (options.infrastructureOnly) return servers;
  const endpoints = endpointsFrom(process.env, ownEndpoints(ports, secrets));
  const worker = {
    runtime: options.runtime,
    runscPath: programs.runsc.path,
    runcPath: programs.runc.path,
    ...(options.simulatedGpu === undefined ? {} : { simulatedGpu: options.simulatedGpu }),
  };
  return [
    ...servers,
    ...serviceProcesses(
      { ...setting, endpoints, logLevel: options.logLevel, simulatedCloud: options.simulatedCloud },
      { count: options.workers, worker, simulatedCloud: options.simulatedCloud },
      ownVersion(home),
    ),
  ];
};

const ownVersion = (home: Home): string =>
  (JSON.parse(readFileSync(join(home.checkout, 'package.json'), 'utf8')) as { version: string }).version;
