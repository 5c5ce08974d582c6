import type { ExitReason, Outcome, TaskAssignment } from '@slipway/contracts';
import { classifyExit, lentWithGpus, type AskedEnd, type ContainerLimits } from '@slipway/worker-core';
import { countOutOfMemoryKills, type IsolatedContainer } from '../isolated-container/isolated-container.js';
import { captureLayer } from '../root-file-system/capture-layer.js';
import { isDiskFull } from '../root-file-system/container-disks.js';
import type { WorkerHost } from '../worker-host.js';
import { StartFailedError } from './start-failures.js';

/** What the scheduler is told of a container that is gone. */
export type End = Readonly<{
  reason: ExitReason;
  exitCode?: number;
  message?: string;
  initFailure?: Outcome;
  capturedLayer?: Readonly<{ digest: string; sizeBytes: number }>;
}>;

/** What was known of a container when its program ended. */
export type LastSeen = Readonly<{
  exitCode: number;
  limits: ContainerLimits;
  asked: AskedEnd;
  reached: 'starting' | 'ready';
  holdsCancelled: boolean;
  lastWords: string;
  silentEntrypoint?: readonly string[];
  initFailure?: Outcome;
}>;

/** Why a program ended, and the layer that it left if it was to leave one. */
export const endOfProgram = async (
  host: WorkerHost,
  task: TaskAssignment,
  container: IsolatedContainer,
  { limits, ...seen }: LastSeen,
): Promise<End> => {
  const [outOfMemoryKills, full] = await Promise.all([
    countOutOfMemoryKills(host, container),
    isDiskFull(container.disk),
  ]);
  const classified = classifyExit({
    ...seen,
    outOfMemoryKills,
    memoryLimitMiB: limits.memoryLimitMiB,
    disk: { state: full ? 'full' : 'free', sizeMiB: container.disk.sizeMiB },
  });
  const { exitCode } = seen;
  if (task.purpose !== 'build' || exitCode !== 0 || seen.reached !== 'ready')
    return { ...classified, exitCode };
  return {
    ...classified,
    exitCode,
    capturedLayer: await captureLayer(container.disk.folder, host.objects, [
      ...(task.volumes ?? []).map(({ mountPath }) => mountPath),
      ...(task.gpuIndexes.length > 0 ? lentWithGpus(host.gpuAccess) : []),
    ]),
  };
};

/** Why there was no program to end. */
export const endOfFailedStart = (host: WorkerHost, task: TaskAssignment, error: unknown): End => {
  const message = error instanceof Error ? error.message : String(error);
  const reason = error instanceof StartFailedError ? error.reason : 'platform-error';
  if (reason === 'platform-error') host.logger.error({ taskId: task.taskId, err: error }, 'start failed');
  return {
    reason,
    message,
    ...((reason === 'image-failed' || reason === 'init-failure') && {
      initFailure: { kind: 'init-failure', exception: message } as const,
    }),
  };
};
