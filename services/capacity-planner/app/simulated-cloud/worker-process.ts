import { hostEnvironment } from '../vendors/host-environment.js';
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CPU_ONLY, type HostOrder } from '@slipway/capacity-planner-core';

const END_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 100;

export type WorkerSetting = Readonly<{
  /** The compiled worker of this platform. */
  program: string;
  folder: string;
  /** All that a worker is told, but for what makes it this host. */
  environment: Readonly<Record<string, string>>;
}>;

/** A host of a simulated vendor: a worker of this platform, on this machine, that pretends to have the host's GPUs. */
export const startWorker = (order: HostOrder, { program, folder, environment }: WorkerSetting): number => {
  mkdirSync(join(folder, order.hostId), { recursive: true, mode: 0o700 });
  const log = openSync(join(folder, order.hostId, 'worker.log'), 'a', 0o600);
  const child = spawn(process.execPath, [program], {
    // Its own group: it outlives this process, as a host outlives its vendor's API.
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...environment,
      ...hostEnvironment(order),
      ...(order.gpuType === CPU_ONLY ? {} : { WORKER_SIMULATED_GPU: `${order.gpuType}:${order.gpuCount}` }),
      SLIPWAY_DATA_DIR: join(folder, order.hostId),
      SLIPWAY_HEALTH_PORT: '0',
    },
  });
  closeSync(log);
  child.unref();
  if (child.pid === undefined) throw new Error(`the worker of ${order.hostId} did not start`);
  return child.pid;
};

/** Whether the process is the worker of that host, and not another one that got its number since. */
export const isWorkerOf = (pid: number, hostId: string): boolean => {
  const file = `/proc/${pid}/environ`;
  try {
    return existsSync(file) && readFileSync(file, 'utf8').split('\0').includes(`WORKER_ID=${hostId}`);
  } catch {
    return false;
  }
};

/** Ends a worker as a machine that shuts down does, and removes what it had on its disk. */
export const endWorker = async (pid: number, hostId: string, folder: string): Promise<void> => {
  signal(pid, hostId, 'SIGTERM');
  for (let waitedMs = 0; isWorkerOf(pid, hostId); waitedMs += LOOK_EVERY_MS) {
    if (waitedMs >= END_WITHIN_MS) signal(pid, hostId, 'SIGKILL');
    await pause(LOOK_EVERY_MS);
  }
  await rm(join(folder, hostId), { recursive: true, force: true }).catch(() => undefined);
};

const signal = (pid: number, hostId: string, name: NodeJS.Signals): void => {
  try {
    if (isWorkerOf(pid, hostId)) process.kill(pid, name);
  } catch {
    // It ended in between.
  }
};
