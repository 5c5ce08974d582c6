import type { AppId, WorkerId } from '@slipway/contracts';
import type { Instant, StoredEvent } from '@slipway/kernel';
import { createScheduler, type Scheduler } from '../create-scheduler.js';
import { foldStored } from '../hot-state/fold-stored.js';
import { HotState } from '../hot-state/hot-state.js';
import type { SpendGate } from '../policies/spending/spend-gate.js';
import type { WorkerTrouble } from '../policies/starts/judge-worker.js';
import type { MemoryLog } from './memory-log.testing.js';
import { settleTurns, type VirtualClock } from './virtual-clock.testing.js';

export type ProcessOptions = Readonly<{
  clock: VirtualClock;
  log: MemoryLog;
  newTaskId: () => string;
  /** How long the next commit takes; 0 by default. */
  commitMs?: () => number;
  nudgeWorker?: (workerId: WorkerId) => void;
  workerInTrouble?: (workerId: WorkerId, trouble: WorkerTrouble | undefined) => void;
  spend?: SpendGate;
  /** When the bus was last heard; just now by default. */
  busHeardAt?: () => Instant;
  appDone?: (appId: AppId, reason: string) => void;
  /** The state to begin with; a fold of the whole log by default. */
  state?: HotState;
}>;

export type SchedulerProcess = Readonly<{
  scheduler: Scheduler;
  state: HotState;
  /** Why it may no longer write, once it may not. */
  fenced: () => unknown;
  /** Ends it as a crash does: nothing that it still has in hand happens, except a commit that is already on its way. */
  kill: () => void;
  alive: () => boolean;
}>;

const TICK_MS = 250;

/** The core as a process runs it: it leads the log, ticks, and can be killed at any moment. */
export const startSchedulerProcess = (options: ProcessOptions): SchedulerProcess => {
  const { clock, log } = options;
  const fence = log.lead();
  const state = options.state ?? foldAll(log.events);
  let alive = true;
  let fencedBy: unknown;
  let cancelWake = (): void => undefined;
  const never = new Promise<never>(() => undefined);
  const scheduler = createScheduler(
    {
      now: clock.now,
      busHeardAt: options.busHeardAt ?? clock.now,
      newTaskId: options.newTaskId,
      tickIds: (functionId, dueAt) => ({
        callId: `fc-${functionId}-${dueAt}`,
        inputId: `in-${functionId}-${dueAt}`,
      }),
      append: async (events) => {
        const commitMs = options.commitMs?.() ?? 0;
        if (commitMs > 0) await clock.pause(commitMs);
        await log.append(events, fence);
        if (!alive) await never;
      },
      readStream: (...asked) => log.readStream(...asked),
      readVersions: (...asked) => log.readVersions(...asked),
      yieldTurn: () => (options.commitMs === undefined ? settleTurns() : clock.pause(0)),
      timer: (at) => {
        let cancel = (): void => undefined;
        const elapsed = new Promise<void>((resolve) => (cancel = clock.schedule(at, resolve)));
        return { elapsed, cancel };
      },
      wakeAt: (at, wake) => {
        cancelWake();
        cancelWake = clock.schedule(at, () => alive && wake());
      },
      ...(options.spend === undefined ? {} : { spend: options.spend }),
      nudgeWorker: (workerId) => alive && options.nudgeWorker?.(workerId),
      workerInTrouble: (workerId, trouble) => options.workerInTrouble?.(workerId, trouble),
      appDone: (appId, reason) => alive && options.appDone?.(appId, reason),
      fenced: (error) => {
        if (!alive) return;
        fencedBy = error;
        alive = false;
      },
    },
    state,
  );
  const tick = (): void => {
    if (!alive) return;
    scheduler.tick();
    clock.schedule(clock.now() + TICK_MS, tick);
  };
  clock.schedule(clock.now() + TICK_MS, tick);
  return { scheduler, state, fenced: () => fencedBy, kill: () => (alive = false), alive: () => alive };
};

/** The state that a log tells of, from an empty one or after `state`. */
export const foldAll = (events: readonly StoredEvent[], state = new HotState()): HotState => {
  foldStored(state, events);
  return state;
};
