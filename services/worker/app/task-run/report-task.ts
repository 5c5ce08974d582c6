import type { ReportTask, TaskAssignment } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import type { WorkerHost } from '../worker-host.js';

export const reporterOf = (host: WorkerHost, { taskId }: TaskAssignment) => ({
  taskId,
  workerId: host.config.workerId,
  bootId: host.bootId,
});

/** Tells the scheduler of a task until it is told. What it refuses it knows better: that is only written down. */
export const reportTask = async (host: WorkerHost, report: ReportTask): Promise<void> => {
  await host.bus.persist('scheduler.report-task', report).catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error;
    host.logger.warn({ taskId: report.taskId, refusal: error.refusal }, 'report was refused');
  });
};
