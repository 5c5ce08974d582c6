import { join } from 'node:path';
import type { ProcessSpec } from '../supervisor/process-spec.ts';
import { buildRevision } from './build-revision.ts';
import {
  serviceEnvironment,
  simulatedCloudEnvironment,
  workerEnvironment,
  type Setting,
  type WorkerSetting,
} from './service-environment.ts';
import { services, type Service } from './services.ts';

/** The six services and the workers, each as a process of its own. */
export const serviceProcesses = (
  setting: Setting,
  workers: Readonly<{ count: number; worker: WorkerSetting; simulatedCloud: boolean }>,
  version: string,
): ProcessSpec[] => [
  ...services.map((service) =>
    nodeProcess(setting, version, {
      name: service.name,
      project: service.name,
      tier: 'service',
      port: setting.ports[service.name] ?? setting.ports[`${service.name}-health`]!,
      ...heldPort(service, setting),
      environment: serviceEnvironment(service, setting),
    }),
  ),
  ...(workers.simulatedCloud ? [simulatedCloudProcess(setting, workers.worker, version)] : []),
  ...Array.from({ length: workers.count }, (_, index) =>
    nodeProcess(setting, version, {
      name: `worker-${index + 1}`,
      project: 'worker',
      tier: 'worker',
      port: setting.ports[`worker-${index + 1}-health`]!,
      environment: workerEnvironment(index + 1, workers.worker, setting),
    }),
  ),
];

/** Where a service is called from outside: at the address that the operator names, else by this machine alone. */
const heldPort = ({ name, portVariable }: Service, { ports, environment }: Setting) => {
  const port = ports[name];
  if (port === undefined || portVariable === undefined) return {};
  const host = environment[portVariable.replace(/_PORT$/, '_HOST')];
  return { heldPort: { host: host || '127.0.0.1', port } };
};

/** Vendors that sell nothing: their hosts are workers on this machine. It goes before the services, and its hosts with it. */
const simulatedCloudProcess = (setting: Setting, worker: WorkerSetting, version: string): ProcessSpec => ({
  ...nodeProcess(setting, version, {
    name: 'simulated-cloud',
    project: 'capacity-planner',
    tier: 'worker',
    port: setting.ports['simulated-cloud-health']!,
    environment: simulatedCloudEnvironment(worker, setting),
  }),
  arguments: [join(setting.home.checkout, 'services/capacity-planner/app/dist/simulated-cloud/main.js')],
  stopMs: 40_000,
});

const nodeProcess = (
  { home }: Setting,
  version: string,
  own: Pick<ProcessSpec, 'name' | 'tier' | 'port' | 'heldPort' | 'environment'> &
    Readonly<{ project: string }>,
): ProcessSpec => ({
  name: own.name,
  tier: own.tier,
  command: join(home.checkout, 'node_modules/.bin/node'),
  arguments: [join(home.checkout, 'services', own.project, 'app/dist/main.js')],
  environment: own.environment,
  folder: home.folder,
  probe: { kind: 'http', url: `http://127.0.0.1:${own.environment['SLIPWAY_HEALTH_PORT']}/readyz` },
  port: own.port,
  ...(own.heldPort === undefined ? {} : { heldPort: own.heldPort }),
  version,
  revision: buildRevision(home.checkout, own.project),
  stopSignal: 'SIGTERM',
  stopMs: 20_000,
});
