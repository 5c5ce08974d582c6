import type {
  AppId,
  AskOf,
  CallId,
  DefinitionId,
  FunctionId,
  InputId,
  TaskId,
  WorkerId,
  WorkspaceId,
} from '@slipway/contracts';
import type { App } from '../app/app.state.js';
import type { Call } from '../call/call.state.js';
import type { Fn } from '../function/function.state.js';
import { resolveFunction, type ResolvedFunction } from '../function/resolve-function.js';
import type { Input } from '../input/input.state.js';
import type { RoomLacked } from '../room/room.events.js';
import type { FunctionSchedule } from '../schedule/schedule.state.js';
import type { LiveTask, Task } from '../task/task.state.js';
import type { Worker } from '../worker/worker.state.js';
import { HeldResults } from './held-results.js';
import { InputQueue } from './input-queue.js';

/** What was put out by a call, in order; entry n is at n - 1. An output that was taken back leaves a hole. */
export type OutputLog = (InputId | undefined)[];

/** The inputs of a function that wait, in the order in which they may run. */
type WaitingInputs = Pick<InputQueue, 'size' | 'due'> & Iterable<InputId>;

/**
 * All that the scheduler decides on, in memory: the aggregates, and indexes that answer its questions quickly.
 * Only `foldEvent` changes it, so that a replay of the log gives the same state.
 */
export class HotState {
  readonly versions = new Map<string, number>();
  readonly apps = new Map<AppId, App>();
  readonly functions = new Map<FunctionId, Fn>();
  readonly calls = new Map<CallId, Call>();
  readonly inputs = new Map<InputId, Input>();
  readonly tasks = new Map<TaskId, Task>();
  readonly schedules = new Map<FunctionId, FunctionSchedule>();
  readonly workers = new Map<WorkerId, Worker>();
  /** What was last said of the room that functions lack. */
  readonly roomLacked = new Map<FunctionId, RoomLacked['data']>();

  readonly inputsOfCall = new Map<CallId, InputId[]>();
  readonly outputsOfCall = new Map<CallId, OutputLog>();
  readonly unfinishedOfCall = new Map<CallId, number>();
  readonly callsOfParent = new Map<InputId, CallId[]>();
  readonly queueOfFunction = new Map<FunctionId, InputQueue>();
  /** What the arguments of unfinished inputs take. */
  readonly heldBytesOfWorkspace = new Map<WorkspaceId, number>();
  readonly runningOfTask = new Map<TaskId, Set<InputId>>();
  readonly runningOfFunction = new Map<FunctionId, number>();
  readonly tasksOfFunction = new Map<FunctionId, Set<TaskId>>();
  readonly tasksOfWorker = new Map<WorkerId, Set<TaskId>>();
  /** Tasks of an app that have not ended. */
  readonly tasksOfApp = new Map<AppId, Set<TaskId>>();
  /** Tasks that were given an input at least once. */
  readonly usedTasks = new Set<TaskId>();
  readonly appOfName = new Map<string, AppId>();
  readonly heldResults: HeldResults;

  constructor(mostResultBytes?: number) {
    this.heldResults = new HeldResults(mostResultBytes);
  }

  /** The app that has a name now. */
  appNamed({ workspaceId, environment, name }: AskOf<'scheduler.find-app'>): App | undefined {
    const appId = this.appOfName.get(appNameKey(workspaceId, environment, name));
    return appId === undefined ? undefined : this.apps.get(appId);
  }

  /** As it is now served, or as the named definition says. */
  resolve(functionId: FunctionId, definitionId?: DefinitionId): ResolvedFunction | undefined {
    const fn = this.functions.get(functionId);
    return fn && resolveFunction(fn, this, definitionId);
  }

  queue(functionId: FunctionId): WaitingInputs {
    return this.queueOfFunction.get(functionId) ?? NOTHING;
  }

  running(taskId: TaskId): ReadonlySet<InputId> {
    return this.runningOfTask.get(taskId) ?? NONE;
  }

  liveTasks(functionId: FunctionId): LiveTask[] {
    const live: LiveTask[] = [];
    for (const taskId of this.tasksOfFunction.get(functionId) ?? []) {
      const task = this.tasks.get(taskId);
      if (task !== undefined && task.status !== 'ended') live.push(task);
    }
    return live;
  }
}

/** Names are unique within a workspace's environment. */
export const appNameKey = (workspaceId: string, environment: string, name: string): string =>
  JSON.stringify([workspaceId, environment, name]);

const NONE: ReadonlySet<InputId> = new Set();
const NOTHING: WaitingInputs = new InputQueue();
