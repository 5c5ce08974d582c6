import { join } from 'node:path';
import type { ProcessSpec } from '../supervisor/process-spec.ts';
import { buildRevision } from './build-revision.ts';
import {
  serviceEnvironment,
  workerEnvironment,
  type Setting,
  type WorkerSetting,
} from './service-environment.ts';
import { services } from './services.ts';

/** The six services and the workers, each as a process of its own. */
export const serviceProcesses = (
  setting: Setting,
  workers: Readonly<{ count: number; worker: WorkerSetting }>,
  version: string,
): ProcessSpec[] => [
  ...services.map((service) =>
    nodeProcess(setting, version, {
      name: service.name,
      project: service.name,
      tier: 'service',
      port: setting.ports[service.name] ?? setting.ports[`${service.name}-health`]!,
      ...(setting.ports[service.name] === undefined
        ? {}
        : { heldPort: { host: '127.0.0.1', port: setting.ports[service.name]! } }),
      environment: serviceEnvironment(service, setting),
    }),
  ),
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
