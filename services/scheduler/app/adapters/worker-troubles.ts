import type { WorkerId } from '@slipway/contracts';
import type { WorkerTrouble } from '@slipway/scheduler-core';
import { Gauge, type createMetrics, type Logger } from '@slipway/telemetry';

/** What operators see of workers on which starts fail: a figure for each of them, and a line in the log. */
export class WorkerTroubles {
  private readonly failedStarts: Gauge;

  constructor(
    registry: ReturnType<typeof createMetrics>,
    private readonly logger: Pick<Logger, 'info' | 'warn'>,
  ) {
    this.failedStarts = new Gauge({
      name: 'slipway_scheduler_worker_failed_starts',
      help: 'Starts that the platform failed on a worker in a row, those that failed together as one; none for a worker on which starts work',
      labelNames: ['worker_id'],
      registers: [registry],
    });
  }

  note(workerId: WorkerId, trouble: WorkerTrouble | undefined): void {
    if (trouble === undefined) {
      this.failedStarts.remove({ worker_id: workerId });
      this.logger.info(
        { workerId },
        'the worker is no longer passed over: a start worked there, or it is gone',
      );
      return;
    }
    const { failedStarts, pausedUntil, message } = trouble;
    this.failedStarts.set({ worker_id: workerId }, failedStarts);
    this.logger.warn(
      { workerId, failedStarts, until: new Date(pausedUntil).toISOString(), because: message },
      'starts fail on the worker: it is passed over where another can serve',
    );
  }
}
