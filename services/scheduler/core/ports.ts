import type { AppId, CallId, FunctionId, InputId, WorkerId } from '@slipway/contracts';
import type { Instant, NewEvent, StoredEvent } from '@slipway/kernel';
import type { SpendGate } from './policies/spending/spend-gate.js';
import type { WorkerTrouble } from './policies/starts/judge-worker.js';

/** What the scheduler's core needs of the world. The Nest module, the specs and the simulator each bring their own. */
export interface SchedulerPorts {
  now(): Instant;
  /** When the bus was last known to carry messages to this process. */
  busHeardAt(): Instant;
  /** A new id; chance is not for the core. */
  newTaskId(): string;
  /** The ids of the call that a tick of a schedule makes: the same tick gives the same ids, for ever. */
  tickIds(functionId: FunctionId, dueAt: Instant): Readonly<{ callId: CallId; inputId: InputId }>;
  /** Writes events in one durable commit; rejects only when this process may no longer write. */
  append(events: readonly NewEvent[]): Promise<void>;
  /** The events of one stream after a version, at most `limit`, for what is no longer in memory. */
  readStream(stream: string, afterVersion: number, limit: number): Promise<readonly StoredEvent[]>;
  /** The events of one stream that have these versions. */
  readVersions(stream: string, versions: readonly number[]): Promise<readonly StoredEvent[]>;
  /** Lets other work in the process run first, so that more events share a commit. */
  yieldTurn(): Promise<void>;
  /** `elapsed` resolves at the moment `at`, unless the timer is cancelled first. */
  timer(at: Instant): Readonly<{ elapsed: Promise<void>; cancel: () => void }>;
  /** Calls `wake` at the moment `at` or soon after; replaces what was asked before. */
  wakeAt(at: Instant, wake: () => void): void;
  nudgeWorker(workerId: WorkerId): void;
  /** Starts fail on a worker, which is passed over for a while; undefined: they work again, or it is gone. */
  workerInTrouble(workerId: WorkerId, trouble: WorkerTrouble | undefined): void;
  /** All containers of an app are gone and its logs are complete. */
  appDone(appId: AppId, reason: string): void;
  /** Money under hard budgets; left out where nobody asks for any. */
  readonly spend?: SpendGate;
  /** This process lost the right to write and must end. */
  fenced(error: unknown): void;
}
