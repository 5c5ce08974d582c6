import { mkdir } from 'node:fs/promises';
import type { TaskAssignment } from '@slipway/contracts';
import {
  CONTROL_FOLDER,
  containerEnvironment,
  sandboxEnvironment,
  selectGpus,
  wantsLane,
  type BoundPath,
  type ContainerLimits,
} from '@slipway/worker-core';
import {
  runProgram,
  type IsolatedContainer,
  type RunningProgram,
} from '../isolated-container/isolated-container.js';
import { findPython } from '../root-file-system/find-python.js';
import { resolveInRoot } from '../root-file-system/resolve-in-root.js';
import { LANE_FOLDER, LANE_PROGRAM } from '../web/lane/find-lane.js';
import type { WorkerHost } from '../worker-host.js';
import type { Parts } from './gather-parts.js';
import { StartFailedError } from './start-failures.js';

const DEFAULT_WORKDIR = '/root';

/** Starts the client's own runtime in the container, as root of its own world. */
export const launchProgram = async (
  host: WorkerHost,
  container: IsolatedContainer,
  task: TaskAssignment,
  { manifest, secrets }: Parts,
  {
    limits,
    controlFolder,
    volumes,
  }: Readonly<{ limits: ContainerLimits; controlFolder: string; volumes: readonly BoundPath[] }>,
): Promise<RunningProgram> => {
  if (task.program !== undefined)
    return launchSandbox(host, container, task, { manifest, secrets }, { limits, volumes });
  const { region } = host.config;
  const gpus = selectGpus(host.gpus, task.gpuIndexes, host.gpuAccess);
  const env = {
    ...containerEnvironment(task, manifest.config, secrets, {
      runtime: host.runtime.name,
      ...(region !== undefined && { region }),
    }),
    ...gpus.env,
  };
  const python = await findPython(container.root, env['PATH'] ?? '');
  if (python === undefined)
    throw new StartFailedError('image-failed', `the image has no Python on its PATH (${env['PATH'] ?? ''})`);
  const cwd = manifest.config.workdir ?? DEFAULT_WORKDIR;
  await mkdir(await resolveInRoot(container.root, cwd), { recursive: true });
  const lane = wantsLane(task);
  return runProgram(host, container, {
    args: [python, ...(lane ? [LANE_PROGRAM] : ['-m', 'modal._container_entrypoint'])],
    env,
    cwd,
    user: { uid: 0, gid: 0 },
    limits,
    purpose: task.purpose === 'build' ? 'build' : 'serve',
    bound: [
      ...gpus.bound,
      ...(lane ? [LANE_FOLDER] : []),
      { source: controlFolder, destination: CONTROL_FOLDER, access: 'read' },
      ...volumes,
    ],
    deviceNodes: gpus.deviceNodes,
  });
};

/** Starts a sandbox's program, which finds nothing of ours in its container. */
const launchSandbox = async (
  host: WorkerHost,
  container: IsolatedContainer,
  task: TaskAssignment,
  { manifest: { config }, secrets }: Pick<Parts, 'manifest' | 'secrets'>,
  { limits, volumes }: Readonly<{ limits: ContainerLimits; volumes: readonly BoundPath[] }>,
): Promise<RunningProgram> => {
  const gpus = selectGpus(host.gpus, task.gpuIndexes, host.gpuAccess);
  const cwd = task.program?.workdir ?? config.workdir ?? '/';
  await mkdir(await resolveInRoot(container.root, cwd), { recursive: true });
  const args = [...(config.entrypoint ?? []), ...(task.program?.args ?? [])];
  return runProgram(host, container, {
    args: args.length > 0 ? args : ['sleep', 'infinity'],
    env: { ...sandboxEnvironment(task.taskId, config.env, secrets), ...gpus.env },
    cwd,
    user: { uid: 0, gid: 0 },
    limits,
    purpose: 'serve',
    bound: [...gpus.bound, ...volumes],
    deviceNodes: gpus.deviceNodes,
  });
};
