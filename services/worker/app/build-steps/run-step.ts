import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { chooseGpus, type BuildStep } from '@slipway/contracts';
import {
  buildEnvironment,
  containerLimits,
  selectGpus,
  withGpus,
  type ContainerUser,
} from '@slipway/worker-core';
import { captureOutput } from '../container-logs/capture-output.js';
import {
  countOutOfMemoryKills,
  runProgram,
  type IsolatedContainer,
} from '../isolated-container/isolated-container.js';
import { isDiskFull } from '../root-file-system/container-disks.js';
import { findUser } from '../root-file-system/find-user.js';
import { resolveInRoot } from '../root-file-system/resolve-in-root.js';
import { killUntilEnded } from '../runtime/kill-until-ended.js';
import type { WorkerHost } from '../worker-host.js';
import { failingStep, StepFailedError } from './step-failed-error.js';
import type { StepLog } from './step-log.js';

type RunAction = Extract<BuildStep['action'], { kind: 'run' }>;

/** Runs a step's command with the network open and the site's package settings at hand. Throws StepFailedError. */
export const runStep = async (
  host: WorkerHost,
  container: IsolatedContainer,
  step: BuildStep,
  action: RunAction,
  log: StepLog,
  stopped: AbortSignal,
): Promise<void> => {
  const { env: secrets } =
    action.secretIds.length === 0
      ? { env: {} }
      : await host.bus.persist('gateway.open-secrets', {
          workspaceId: step.workspaceId,
          secretIds: action.secretIds,
        });
  const limits = containerLimits({ milliCpu: 1000, memoryMiB: 1024, gpus: [] }, host.machine);
  const gpuIndexes = action.gpu === undefined ? [] : chooseGpus(action.gpu, host.gpus);
  // Whoever claimed the step here looked: the host has lost them since.
  if (gpuIndexes === undefined) throw new Error(`this host does not have the step's GPUs`);
  const gpus = selectGpus(host.gpus, gpuIndexes, host.gpuAccess);
  const user = await placeOf(container.root, step).catch(failingStep);
  const running = await runProgram(host, container, {
    args: action.argv,
    env: withGpus(buildEnvironment(step.env, secrets), gpus.env),
    cwd: step.workdir,
    user,
    limits,
    purpose: 'build',
    bound: [...gpus.bound, ...host.config.siteFiles.filter(({ source }) => existsSync(source))],
    deviceNodes: gpus.deviceNodes,
  });
  let killing: Promise<void> | undefined;
  const kill = (): void => {
    killing ??= killUntilEnded(host.runtime, container.id, running.exited);
  };
  const timer = setTimeout(kill, action.timeoutMs);
  stopped.addEventListener('abort', kill);
  if (stopped.aborted) kill();
  const startedAt = Date.now();
  const outputs = (['stdout', 'stderr'] as const).map((stream) =>
    captureOutput(running[stream], (data) => log.add({ stream, data })),
  );
  const exitCode = await running.exited;
  await Promise.all(outputs);
  clearTimeout(timer);
  stopped.removeEventListener('abort', kill);
  if (exitCode === 0) return;
  throw new StepFailedError(
    await whyFailed(host, container, exitCode, Date.now() - startedAt, action, limits.memoryLimitMiB),
    exitCode,
  );
};

/** Makes the step's working directory; answers as whom it runs. */
const placeOf = async (root: string, { workdir, user }: BuildStep): Promise<ContainerUser> => {
  await mkdir(await resolveInRoot(root, workdir), { recursive: true });
  return findUser(root, user);
};

const whyFailed = async (
  host: WorkerHost,
  container: IsolatedContainer,
  exitCode: number,
  ranMs: number,
  action: RunAction,
  memoryLimitMiB: number,
): Promise<string> => {
  const command = action.argv.join(' ');
  if ((await countOutOfMemoryKills(host, container)) > 0)
    return `${command}: needed more than its memory limit of ${memoryLimitMiB} MiB`;
  if (await isDiskFull(container.disk)) return `${command}: filled its disk of ${container.disk.sizeMiB} MiB`;
  if (ranMs >= action.timeoutMs)
    return `${command}: ran longer than its limit of ${action.timeoutMs / 1000} s`;
  return `${command}: exited with code ${exitCode}`;
};
