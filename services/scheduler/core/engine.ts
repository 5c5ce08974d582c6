import type { AppId, CallId, FunctionId, TaskId, WorkerId } from '@slipway/contracts';
import { eventsOf, type Decision, type Instant } from '@slipway/kernel';
import type { HotState } from './hot-state/hot-state.js';
import { Journal } from './journal.js';
import type { SchedulerPorts } from './ports.js';
import type { WorkerTrouble } from './policies/starts/judge-worker.js';
import { Presence } from './presence.js';
import type { Lack } from './room/room.decide.js';
import type { SchedulerEvent } from './scheduler-event.js';
import { Waiters } from './waiters.js';

/**
 * What requests and reactions work with: decisions are recorded here, and whom they concern is remembered
 * until `settle` has drawn the conclusions (given inputs out, started and stopped containers).
 */
export class Engine {
  readonly presence = new Presence();
  readonly outputs = new Waiters<CallId>();
  readonly taskEnds = new Waiters<TaskId>();
  readonly functionTasks = new Waiters<FunctionId>();
  readonly dirtyFunctions = new Set<FunctionId>();
  readonly dirtyApps = new Set<AppId>();
  /** Apps of which another version runs now, or none: their schedules may have to change. */
  readonly dirtySchedules = new Set<AppId>();
  /** Functions that lack containers: for want of room, or because a start has just failed. */
  readonly shortFunctions = new Set<FunctionId>();
  /** Of those, the ones that want room, and since when. */
  readonly lackingRoom = new Map<FunctionId, Lack>();
  /** The earliest moment for which a look was asked. */
  private wakesAt: Instant | undefined;
  /** Calls that are being read back from the log. */
  readonly recalledCalls = new Map<CallId, Promise<void>>();
  private readonly journal: Journal;
  private readonly nudged = new Set<WorkerId>();

  constructor(
    readonly state: HotState,
    readonly ports: SchedulerPorts,
  ) {
    this.journal = new Journal(state, ports);
  }

  /** Records what was decided. Throws a refusal. */
  record<Event extends SchedulerEvent>(decision: Decision<Event>, at: Instant): readonly Event[] {
    const events = this.journal.record(eventsOf(decision), at);
    for (const event of events) this.remember(event, at);
    return events;
  }

  /** Waits until everything that was recorded is durable: every answer goes through here. */
  committed(): Promise<void> {
    return this.journal.committed();
  }

  isSettled(): boolean {
    return this.journal.isSettled();
  }

  /** The streams that cannot be read back yet, for not all of them is durable. */
  unwritten(): ReadonlySet<string> {
    return this.journal.unwritten();
  }

  /** Tells the workers concerned to ask for their plan, once it is durable. */
  sendNudges(): void {
    if (this.nudged.size === 0) return;
    const workerIds = [...this.nudged];
    this.nudged.clear();
    void this.committed().then(() => workerIds.forEach((workerId) => this.ports.nudgeWorker(workerId)));
  }

  /** Has `wake` called at the moment `at`, unless that happens at an earlier one already. */
  wakeAt(at: Instant, wake: () => void): void {
    if (this.wakesAt !== undefined && this.wakesAt <= at) return;
    this.wakesAt = at;
    this.ports.wakeAt(at, () => {
      this.wakesAt = undefined;
      wake();
    });
  }

  private remember(event: SchedulerEvent, at: Instant): void {
    switch (event.type) {
      case 'inputs-queued':
      case 'input-requeued':
      case 'input-started':
        this.touchCall(event.data.callId);
        return;
      case 'input-finished': {
        this.touchCall(event.data.callId);
        const { callId } = event.data;
        void this.committed().then(() => this.outputs.wake(callId));
        return;
      }
      case 'call-cancelled':
        this.touchCall(event.data.callId);
        return;
      case 'function-defined':
      case 'function-scaled':
        this.dirtyFunctions.add(event.data.functionId);
        return;
      case 'app-published':
        for (const functionId of Object.values(event.data.functionIds)) {
          this.presence.forgetFunction(functionId);
          this.dirtyFunctions.add(functionId);
          this.functionTasks.wake(functionId);
        }
        this.dirtySchedules.add(event.data.appId);
        return;
      case 'task-created':
      case 'task-ready':
      case 'task-stop-requested':
      case 'task-ended':
        this.touchTask(event.data.taskId, event.type, at);
        return;
      case 'app-stop-requested':
        this.dirtyApps.add(event.data.appId);
        this.wakeWeb(event.data.appId);
        this.dirtySchedules.add(event.data.appId);
        return;
      case 'app-stopped': {
        const { appId, reason } = event.data;
        void this.committed().then(() => this.ports.appDone(appId, reason));
        return;
      }
      case 'room-lacked':
      case 'room-found':
        return;
      case 'schedule-started':
      case 'schedule-fired':
      case 'schedule-missed':
      case 'schedule-ended':
      case 'app-created':
      case 'app-kept':
      case 'version-staged':
      case 'class-created':
      case 'app-tagged':
      case 'function-bound':
      case 'call-created':
      case 'call-sealed':
      case 'worker-joined':
      case 'worker-drain-cancelled':
        for (const functionId of this.shortFunctions) this.dirtyFunctions.add(functionId);
        return;
      case 'worker-lost':
        this.noteTrouble(event.data.workerId, undefined);
        return;
      case 'worker-drain-requested':
        return;
      default:
        event satisfies never;
    }
  }

  /** A worker learns of cancelled inputs and of changed tasks by asking for its plan. */
  nudge(workerId: WorkerId): void {
    this.nudged.add(workerId);
  }

  /** Remembers how starts go on a worker, and tells it where it is news. */
  noteTrouble(workerId: WorkerId, trouble: WorkerTrouble | undefined): void {
    const { workerTroubles } = this.presence;
    if (workerTroubles.get(workerId) === trouble) return;
    if (trouble === undefined) workerTroubles.delete(workerId);
    else workerTroubles.set(workerId, trouble);
    this.ports.workerInTrouble(workerId, trouble);
  }

  private touchCall(callId: CallId): void {
    const call = this.state.calls.get(callId);
    if (call !== undefined) this.dirtyFunctions.add(call.functionId);
  }

  private wakeWeb(appId: AppId): void {
    for (const functionId of Object.values(this.state.apps.get(appId)?.functionIds ?? {}))
      this.functionTasks.wake(functionId);
  }

  private touchTask(taskId: TaskId, type: SchedulerEvent['type'], at: Instant): void {
    const task = this.state.tasks.get(taskId);
    if (task === undefined) return;
    this.dirtyFunctions.add(task.functionId);
    if (type !== 'task-created') this.functionTasks.wake(task.functionId);
    if (type === 'task-created' || type === 'task-stop-requested') this.nudge(task.workerId);
    if (type === 'task-ready') this.presence.idleSince.set(taskId, at);
    if (type === 'task-ended') {
      this.presence.web.forgetTask(taskId);
      this.ports.spend?.ended(taskId);
      this.dirtyApps.add(task.appId);
      void this.committed().then(() => this.taskEnds.wake(taskId));
    }
  }
}
