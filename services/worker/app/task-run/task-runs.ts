import { setTimeout as pause } from 'node:timers/promises';
import type { ImageId, SyncWorker, TaskId } from '@slipway/contracts';
import type { Action, OwnTasks } from '@slipway/worker-core';
import { compileClient } from '../bytecode/compile-client.js';
import type { WorkerHost } from '../worker-host.js';
import { TaskRun } from './task-run.js';

/** Ends that are remembered, so that a plan made before the report arrived starts nothing twice. */
const REMEMBERED_ENDS = 10_000;
const REMEMBERED_IMAGES = 200;
const REPORT_WITHIN_MS = 3_000;

/** The tasks of this worker, and what becomes of a plan's actions. */
export class TaskRuns {
  private readonly alive = new Map<TaskId, TaskRun>();
  private readonly ended = new Set<TaskId>();
  private readonly images = new Set<ImageId>();

  constructor(private readonly host: WorkerHost) {}

  get own(): OwnTasks {
    return {
      alive: [...this.alive.values()].map(({ task, phase, stopping }) => ({
        taskId: task.taskId,
        phase,
        ...(stopping !== undefined && { stopping }),
      })),
      ended: this.ended,
    };
  }

  get summary(): SyncWorker['tasks'] {
    return [...this.alive.values()].map(({ task, phase, web }) => ({
      taskId: task.taskId,
      phase,
      ...(web !== undefined && { web: { active: web.active, taken: web.taken } }),
    }));
  }

  /** Images whose layers this worker has had under a container. */
  get cachedImageIds(): readonly ImageId[] {
    return [...this.images];
  }

  find(taskId: TaskId): TaskRun | undefined {
    return this.alive.get(taskId);
  }

  perform(action: Action): void {
    switch (action.kind) {
      case 'start':
        return this.start(action.assignment);
      case 'stop':
        return this.alive.get(action.taskId)?.stop(action);
      case 'cancel':
        return this.alive.get(action.taskId)?.cancel(action.inputIds);
      default:
        return action satisfies never;
    }
  }

  /** Stops all that runs: asks for `graceMs`, then kills. Does not wait for a scheduler that cannot be told. */
  async stopAll(graceMs: number): Promise<void> {
    for (const run of this.alive.values()) run.stop({ how: 'graceful', reason: 'host-lost' });
    const killing = setTimeout(() => {
      for (const run of this.alive.values()) run.stop({ how: 'kill', reason: 'host-lost' });
    }, graceMs);
    const reported = Promise.allSettled([...this.alive.values()].map(({ done }) => done));
    const timer = new AbortController();
    await Promise.race([
      reported,
      pause(graceMs + REPORT_WITHIN_MS, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
    clearTimeout(killing);
  }

  private start(assignment: TaskRun['task']): void {
    const { taskId, imageId } = assignment;
    const run = new TaskRun(this.host, assignment, (parts) => {
      remember(this.images, imageId, REMEMBERED_IMAGES);
      void compileClient(this.host, parts);
    });
    this.alive.set(taskId, run);
    void run.done
      .catch((error: unknown) => this.host.logger.error({ taskId, err: error }, 'task ended badly'))
      .finally(() => {
        this.alive.delete(taskId);
        remember(this.ended, taskId, REMEMBERED_ENDS);
      });
  }
}

const remember = <Value>(known: Set<Value>, value: Value, limit: number): void => {
  known.delete(value);
  known.add(value);
  const [oldest] = known;
  if (known.size > limit && oldest !== undefined) known.delete(oldest);
};
