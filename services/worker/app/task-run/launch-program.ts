import type { ImageConfig, Program, TaskAssignment } from '@slipway/contracts';
import {
  CONTROL_FOLDER,
  containerEnvironment,
  functionEntrypoint,
  sandboxEnvironment,
  selectGpus,
  wantsLane,
  withGpus,
  type BoundPath,
  type ContainerLimits,
} from '@slipway/worker-core';
import {
  runProgram,
  type IsolatedContainer,
  type RunningProgram,
} from '../isolated-container/isolated-container.js';
import { findPython } from '../root-file-system/find-python.js';
import { LANE_FOLDER, LANE_PROGRAM } from '../web/lane/find-lane.js';
import type { WorkerHost } from '../worker-host.js';
import type { Parts } from './gather-parts.js';
import { makeWorkdir } from './make-workdir.js';
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
  const own = ownProgram(task, manifest.config);
  if (own !== undefined)
    return launchOwnProgram(host, container, task, { own, manifest, secrets }, { limits, volumes });
  const { region } = host.config;
  const gpus = selectGpus(host.gpus, task.gpuIndexes, host.gpuAccess);
  const env = withGpus(
    containerEnvironment(task, manifest.config, secrets, { ...(region !== undefined && { region }) }),
    gpus.env,
  );
  const python = await findPython(container.root, env['PATH'] ?? '');
  if (python === undefined)
    throw new StartFailedError('image-failed', `the image has no Python on its PATH (${env['PATH'] ?? ''})`);
  const cwd = manifest.config.workdir ?? DEFAULT_WORKDIR;
  await makeWorkdir(container.root, cwd);
  const lane = wantsLane(task);
  return runProgram(host, container, {
    args: [
      ...functionEntrypoint(task, manifest.config),
      python,
      ...(lane ? [LANE_PROGRAM] : ['-m', 'modal._container_entrypoint']),
    ],
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

/** What runs in a container that has nothing of the client's runtime: a sandbox's program, or the server that an image is. */
const ownProgram = (
  { program, web }: TaskAssignment,
  { entrypoint = [], cmd = [], workdir }: ImageConfig,
): Program | undefined => {
  if (program !== undefined)
    return {
      args: [...entrypoint, ...program.args],
      workdir: program.workdir ?? workdir ?? '/',
    };
  return web?.startedBy === 'image' ? { args: [...entrypoint, ...cmd], workdir: workdir ?? '/' } : undefined;
};

/** Starts a program that finds nothing of ours in its container. */
const launchOwnProgram = async (
  host: WorkerHost,
  container: IsolatedContainer,
  task: TaskAssignment,
  { own, manifest: { config }, secrets }: Pick<Parts, 'manifest' | 'secrets'> & Readonly<{ own: Program }>,
  { limits, volumes }: Readonly<{ limits: ContainerLimits; volumes: readonly BoundPath[] }>,
): Promise<RunningProgram> => {
  const gpus = selectGpus(host.gpus, task.gpuIndexes, host.gpuAccess);
  const cwd = own.workdir ?? '/';
  await makeWorkdir(container.root, cwd);
  if (own.args.length === 0 && task.web !== undefined)
    throw new StartFailedError(
      'image-failed',
      'the image has neither ENTRYPOINT nor CMD; say --entrypoint or --cmd',
    );
  return runProgram(host, container, {
    args: own.args.length > 0 ? own.args : ['sleep', 'infinity'],
    env: withGpus(sandboxEnvironment(task.taskId, config.env, secrets), gpus.env),
    cwd,
    user: { uid: 0, gid: 0 },
    limits,
    purpose: 'serve',
    bound: [...gpus.bound, ...volumes],
    deviceNodes: gpus.deviceNodes,
  });
};
