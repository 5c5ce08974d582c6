import { chooseTask } from '@slipway/gateway-core';
import type { FunctionId, TaskId, WebProblem, WebTask, WebTasks, WorkspaceId } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';

/** A place in a container, until it is given back. */
export type Place = Readonly<{ task: WebTask; coldMs: number; giveBack: () => void }>;

export type Wish = Readonly<{ passed: Set<TaskId>; affinity?: string; signal: AbortSignal }>;

type Waiting = Wish & {
  since: number;
  sawNone: boolean;
  settle: (place: Place | WebProblem | undefined) => void;
};

const HOLD_MS = 2_000;
const AFTER_LAST_REQUEST_MS = 60_000;
/** How long changes of demand are gathered while containers are there: requests that wait are more urgent than those inside. */
const GATHER_WAITING_MS = 20;
const GATHER_ACTIVE_MS = 500;
const AFTER_TROUBLE_MS = 200;

export const isProblem = (found: Place | WebProblem): found is WebProblem => 'kind' in found;

/** The containers of one function, and the requests that wait for one. Keeps a poll with the scheduler while it is in use. */
export class TaskPool {
  private tasks: readonly WebTask[] = [];
  private revision: number | undefined;
  private readonly active = new Map<TaskId, number>();
  private activeTotal = 0;
  private waiting: Waiting[] = [];
  private lastUsedAt = 0;
  private told = { waiting: 0, active: 0 };
  private polling = false;
  private interrupt: (() => void) | undefined;
  private gathering: NodeJS.Timeout | undefined;
  /** Why nothing can be had, as far as the scheduler has said. */
  problem: WebProblem | undefined;

  constructor(
    private readonly bus: Pick<Bus, 'request'>,
    private readonly of: Readonly<{ workspaceId: WorkspaceId; functionId: FunctionId; gatewayId: string }>,
  ) {}

  get isIdle(): boolean {
    return !this.polling && this.activeTotal === 0 && this.waiting.length === 0;
  }

  /** A place at once, if there is one. */
  tryTake(passed: ReadonlySet<TaskId>, affinity?: string): Place | undefined {
    this.lastUsedAt = Date.now();
    if (!this.polling) void this.poll();
    // Who came first goes first.
    if (this.waiting.length > 0) return undefined;
    const task = chooseTask(this.tasks, (taskId) => this.active.get(taskId) ?? 0, passed, affinity);
    return task && this.take(task, 0);
  }

  /** A place as soon as there is one; a problem where the scheduler says that there will be none; nothing when the signal comes. */
  wait(wish: Wish): Promise<Place | WebProblem | undefined> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        ...wish,
        since: Date.now(),
        sawNone: this.tasks.length === 0,
        settle: (place) => {
          wish.signal.removeEventListener('abort', leave);
          resolve(place);
        },
      };
      const leave = (): void => {
        this.waiting = this.waiting.filter((other) => other !== waiting);
        this.noticeDemand();
        resolve(undefined);
      };
      if (wish.signal.aborted) return resolve(undefined);
      wish.signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(waiting);
      this.lastUsedAt = Date.now();
      if (!this.polling) void this.poll();
      this.noticeDemand();
    });
  }

  /** A container said that it takes no more: it is out until the scheduler names it anew. */
  leaveOut(taskId: TaskId): void {
    this.tasks = this.tasks.filter((task) => task.taskId !== taskId);
    this.revision = undefined;
    this.interrupt?.();
  }

  /** Containers that are full, or were not to be reached, are passed by this request for a moment only. */
  passBriefly(passed: Set<TaskId>, taskIds: readonly TaskId[], forMs: number): void {
    const passing = taskIds.filter((taskId) => !passed.has(taskId));
    passing.forEach((taskId) => passed.add(taskId));
    setTimeout(() => {
      passing.forEach((taskId) => passed.delete(taskId));
      this.serveWaiting();
    }, forMs).unref();
  }

  /** The containers that one worker's relay leads to. */
  tasksBehind(relayUrl: string): readonly TaskId[] {
    return this.tasks.filter((task) => task.relayUrl === relayUrl).map(({ taskId }) => taskId);
  }

  private take(task: WebTask, coldMs: number): Place {
    this.active.set(task.taskId, (this.active.get(task.taskId) ?? 0) + 1);
    this.activeTotal += 1;
    if (this.activeTotal > this.told.active * 2) this.noticeDemand();
    let given = false;
    return {
      task,
      coldMs,
      giveBack: () => {
        if (given) return;
        given = true;
        this.activeTotal -= 1;
        const left = (this.active.get(task.taskId) ?? 1) - 1;
        if (left > 0) this.active.set(task.taskId, left);
        else this.active.delete(task.taskId);
        if (this.waiting.length > 0) this.serveWaiting();
        else if (this.activeTotal === 0) this.noticeDemand();
      },
    };
  }

  private serveWaiting(): void {
    const left: Waiting[] = [];
    for (const waiting of this.waiting) {
      const task = chooseTask(
        this.tasks,
        (taskId) => this.active.get(taskId) ?? 0,
        waiting.passed,
        waiting.affinity,
      );
      if (task === undefined) left.push(waiting);
      else waiting.settle(this.take(task, waiting.sawNone ? Date.now() - waiting.since : 0));
    }
    this.waiting = left;
    this.noticeDemand();
  }

  /** Tells the scheduler anew where the demand has changed in kind. */
  private noticeDemand(): void {
    const now = { waiting: this.waiting.length, active: this.activeTotal };
    if (!isMaterial(this.told, now) || this.interrupt === undefined) return;
    if (this.tasks.length === 0) return this.interrupt();
    const isUrgent = now.waiting > this.told.waiting * 2;
    this.gathering ??= setTimeout(
      () => {
        this.gathering = undefined;
        this.interrupt?.();
      },
      isUrgent ? GATHER_WAITING_MS : GATHER_ACTIVE_MS,
    );
  }

  private async poll(): Promise<void> {
    this.polling = true;
    this.tasks = [];
    this.revision = undefined;
    while (
      this.activeTotal > 0 ||
      this.waiting.length > 0 ||
      Date.now() - this.lastUsedAt < AFTER_LAST_REQUEST_MS
    ) {
      const interrupted = new Promise<undefined>((resolve) => {
        this.interrupt = () => resolve(undefined);
      });
      const answer = await Promise.race([this.ask(), interrupted]);
      if (answer !== undefined) this.learn(answer);
    }
    this.polling = false;
    this.interrupt = undefined;
  }

  private async ask(): Promise<WebTasks | undefined> {
    this.told = { waiting: this.waiting.length, active: this.activeTotal };
    try {
      return await this.bus.request(
        'scheduler.await-web-tasks',
        {
          ...this.of,
          demand: this.told,
          ...(this.revision === undefined ? {} : { knownRevision: this.revision }),
          waitMs: HOLD_MS,
        },
        { timeoutMs: HOLD_MS * 3 },
      );
    } catch (error) {
      if (error instanceof RefusedError)
        this.learn({ revision: -1, tasks: [], problem: { kind: 'stopped', message: error.message } });
      // The containers that were known go on working while the scheduler is away.
      await new Promise((resolve) => setTimeout(resolve, AFTER_TROUBLE_MS).unref());
      return undefined;
    }
  }

  private learn({ revision, tasks, problem }: WebTasks): void {
    this.revision = revision;
    this.tasks = tasks;
    this.problem = problem;
    if (problem !== undefined && problem.kind !== 'no-capacity' && tasks.length === 0) {
      const failed = this.waiting;
      this.waiting = [];
      failed.forEach((waiting) => waiting.settle(problem));
      return;
    }
    if (this.waiting.length > 0) this.serveWaiting();
  }
}

type Demand = Readonly<{ waiting: number; active: number }>;

const isMaterial = (told: Demand, now: Demand): boolean =>
  now.waiting > told.waiting * 2 ||
  (now.waiting === 0) !== (told.waiting === 0) ||
  now.active > told.active * 2 ||
  (now.active === 0) !== (told.active === 0);
