import { setTimeout as pause } from 'node:timers/promises';
import { nudgeSubject, type WorkerCapacity, type WorkerPlan } from '@slipway/contracts';
import { RefusedError, type Refusal } from '@slipway/kernel';
import { planReconciliation } from '@slipway/worker-core';
import type { TaskRuns } from '../task-run/task-runs.js';
import type { WorkerHost } from '../worker-host.js';

const PERIOD_MS = 1_000;
const ANSWER_WITHIN_MS = 5_000;

/**
 * Tells the scheduler what is here and does what follows from its plan: every second, and at once when nudged. Ends where another
 * worker has taken the place of this one.
 */
export class SyncLoop {
  private readonly ending = new AbortController();
  private wake: () => void = () => undefined;
  private draining = false;
  private readonly stopListening: () => void;
  private readonly finished: Promise<void>;

  constructor(
    private readonly host: WorkerHost,
    private readonly tasks: TaskRuns,
    private readonly routerAddress: string,
    private readonly onReplaced: (refusal: Refusal) => void,
  ) {
    this.stopListening = host.bus.onSignal(nudgeSubject(host.config.workerId), () => this.wake());
    this.finished = this.loop();
  }

  /** Says once more what is here, so that nothing new is sent, and keeps saying so until `close`. */
  drain(): void {
    this.draining = true;
    this.wake();
  }

  async close(): Promise<void> {
    this.stopListening();
    this.ending.abort();
    this.wake();
    await this.finished;
  }

  private async loop(): Promise<void> {
    while (!this.ending.signal.aborted) {
      const nudged = new Promise<void>((resolve) => (this.wake = resolve));
      try {
        await this.syncOnce();
      } catch (error) {
        if (error instanceof RefusedError && error.refusal.code === 'worker-id-taken') {
          this.endAll();
          return this.onReplaced(error.refusal);
        }
        this.host.logger.warn({ err: error }, 'the scheduler did not answer');
      }
      const timer = new AbortController();
      await Promise.race([
        nudged,
        pause(PERIOD_MS, undefined, { signal: timer.signal }).catch(() => undefined),
      ]);
      timer.abort();
    }
  }

  private async syncOnce(): Promise<void> {
    const { config, bootId, bus } = this.host;
    const plan = await bus.request(
      'scheduler.sync-worker',
      {
        workerId: config.workerId,
        bootId,
        capacity: this.capacity,
        tasks: this.tasks.summary,
        cachedImageIds: this.tasks.cachedImageIds,
        draining: this.draining,
        relayUrl: this.host.relayUrl,
        routerAddress: this.routerAddress,
      },
      { timeoutMs: ANSWER_WITHIN_MS },
    );
    this.follow(plan);
  }

  /** The scheduler has given up the containers of a worker that another took the place of. */
  private endAll(): void {
    const stop = this.tasks.own.alive.map(
      ({ taskId }) => ({ taskId, how: 'kill', reason: 'host-lost' }) as const,
    );
    this.follow({ start: [], cancel: [], stop });
  }

  private follow(plan: WorkerPlan): void {
    for (const action of planReconciliation(plan, this.tasks.own)) {
      if (action.kind === 'start' && this.draining) continue;
      this.tasks.perform(action);
    }
  }

  private get capacity(): WorkerCapacity {
    const { machine, gpus, runtime, config } = this.host;
    return {
      milliCpu: machine.milliCpu,
      memoryMiB: machine.memoryMiB,
      gpus,
      runtime: runtime.name,
      ...(config.region !== undefined && { region: config.region }),
      ...(config.host !== undefined && { host: config.host }),
    };
  }
}
