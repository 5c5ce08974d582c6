import { inputTimeoutMessage, type HeldInput } from '@slipway/worker-core';
import { RefusedError } from '@slipway/kernel';
import type { WorkerHost } from '../worker-host.js';
import type { ContainerSession } from '../control-socket/container-session.js';

/** Answers inputs whose time is over. The others that the container has in hand are left for the scheduler to hand out again. */
export const reportTimeouts = async (
  host: WorkerHost,
  session: ContainerSession,
  late: readonly HeldInput[],
): Promise<void> => {
  const { taskId, inputTimeoutMs } = session.assignment;
  const outputs = late.map(({ inputId, retryCount, startedAt }) => ({
    inputId,
    retryCount,
    startedAt,
    outcome: { kind: 'timeout', exception: inputTimeoutMessage(inputTimeoutMs) } as const,
  }));
  const report = async (): Promise<void> => {
    try {
      await host.bus.persist('scheduler.put-outputs', { taskId, workerId: host.config.workerId, outputs });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
    }
  };
  await session.inputs.settleWhile(
    late.map(({ inputId }) => inputId),
    report,
  );
};
