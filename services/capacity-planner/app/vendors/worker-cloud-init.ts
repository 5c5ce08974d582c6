import { environmentLine } from './environment-file.js';
import { hostEnvironment } from './host-environment.js';
import type { HostOrder } from '@slipway/capacity-planner-core';

/** How a bought machine becomes a worker. */
export type WorkerBootstrap = Readonly<{
  /** Installs Slipway's worker where the machine's image has none; empty where it has. */
  installCommand: string;
  /** What every worker of this site is told: addresses and the key by which services know one another. */
  environment: Readonly<Record<string, string>>;
}>;

/**
 * What containers of a bought machine do not reach unless its operator says otherwise: the private addresses behind which
 * the vendor's other machines and the mesh's own are, and those of carriers. Link-local ones no worker ever lets them reach.
 */
const PRIVATE_NETWORKS = '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10';

/**
 * The `user_data` of a bought machine, read by cloud-init at its first boot: writes down who the worker is and what it is told,
 * for root's eyes alone, and starts it. The worker then joins by itself; gateways dial the address that it announces.
 */
export const workerCloudInit = (
  order: HostOrder,
  { installCommand, environment }: WorkerBootstrap,
): string => {
  const told: Record<string, string> = {
    WORKER_DENIED_NETWORKS: PRIVATE_NETWORKS,
    ...environment,
    ...hostEnvironment(order),
    SLIPWAY_DATA_DIR: '/var/lib/slipway',
  };
  const lines = Object.entries(told).map(([name, value]) => environmentLine(name, value));
  // JSON is YAML, and leaves nothing to be quoted wrongly.
  const config = {
    write_files: [
      {
        path: '/etc/slipway/worker.env',
        permissions: '0600',
        owner: 'root:root',
        content: `${lines.join('\n')}\n`,
      },
    ],
    runcmd: [
      ...(installCommand === '' ? [] : [['sh', '-c', installCommand]]),
      ['systemctl', 'enable', '--now', 'slipway-worker.service'],
    ],
  };
  return `#cloud-config\n${JSON.stringify(config, undefined, 1)}\n`;
};
