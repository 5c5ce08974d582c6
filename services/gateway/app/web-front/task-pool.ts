import { chooseTask } from '@slipway/gateway-core';
import type { TaskId, WebProblem, WebTask, WebTasks } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { BusyTasks } from './busy-tasks.js';
import { isHostLost } from './is-host-lost.js';
import { TakenPlaces, type TakenPlace } from './taken-places.js';
import { TaskPoll, type Demand, type PollSubject } from './task-poll.js';

/** A place in a container, until it is given back. */
export type Place = Pick<TakenPlace, 'onLost'> &
  Readonly<{
    task: WebTask;
    coldMs: number;
    giveBack: () => void;
    /** Gives back what the container did not have: it is busy. */
    giveBackRefused: () => void;
  }>;

export type Wish = Readonly<{ passed: Set<TaskId>; affinity?: string; signal: AbortSignal }>;

type Waiting = Wish & {
  since: number;
  sawNone: boolean;
  settle: (place: Place | WebProblem | undefined) => void;
};

const AFTER_LAST_REQUEST_MS = 60_000;

export const isProblem = (found: Place | WebProblem): found is WebProblem => 'kind' in found;

/** The containers of one function, and the requests that wait for one. Keeps a poll with the scheduler while it is in use. */
export class TaskPool {
  private readonly poll: TaskPoll;
  private tasks: readonly WebTask[] = [];
  private readonly taken = new TakenPlaces();
  private readonly busy = new BusyTasks(() => this.serveWaiting());
  private looksForLost = false;
  private waiting: Waiting[] = [];
  private lastUsedAt = 0;
  /** Why nothing can be had, as far as the scheduler has said. */
  problem: WebProblem | undefined;

  constructor(
    private readonly bus: Pick<Bus, 'request'>,
    private readonly subject: PollSubject,
  ) {
    this.poll = new TaskPoll(bus, subject, {
      demand: () => this.demand,
      hasTasks: () => this.tasks.length > 0,
      isInUse: () => this.isInUse,
      learn: (found) => this.learn(found),
    });
  }

  get isIdle(): boolean {
    return !this.poll.isRunning && this.taken.total === 0 && this.waiting.length === 0;
  }

  /** Which endpoints ask for a proxy token, as the poll has learnt. Throws where nothing is known and the scheduler does not answer. */
  proxyAuth(): Promise<WebTasks['proxyAuth']> {
    this.use();
    return this.poll.proxyAuth();
  }

  /** A place at once, if there is one. */
  tryTake(passed: ReadonlySet<TaskId>, affinity?: string): Place | undefined {
    this.use();
    // Who came first goes first.
    if (this.waiting.length > 0) return undefined;
    const task = this.choose(passed, affinity);
    if (task === undefined) return undefined;
    const place = this.take(task, 0);
    this.poll.noticeDemand();
    return place;
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
        this.poll.noticeDemand();
        resolve(undefined);
      };
      if (wish.signal.aborted) return resolve(undefined);
      if (this.problem?.kind === 'stopped' && this.tasks.length === 0) return resolve(this.problem);
      wish.signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(waiting);
      this.use();
      this.poll.noticeDemand();
    });
  }

  /** A container said that it takes no more: it is out until the scheduler names it anew. */
  leaveOut(taskId: TaskId): void {
    this.tasks = this.tasks.filter((task) => task.taskId !== taskId);
    this.poll.askAnew();
  }

  /** Containers that were not to be reached are passed by this request for a moment only. */
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
    const { taskId } = task;
    const { onLost, giveBack: takeBack } = this.taken.take(taskId);
    const freed = (): void => {
      if (this.waiting.length > 0) this.serveWaiting();
      else if (this.taken.total === 0) this.poll.noticeDemand();
    };
    return {
      task,
      coldMs,
      onLost,
      giveBack: () => {
        if (!takeBack()) return;
        this.busy.left(taskId);
        freed();
      },
      giveBackRefused: () => {
        if (!takeBack()) return;
        this.busy.refused(taskId, this.taken.in(taskId));
        freed();
      },
    };
  }

  private serveWaiting(): void {
    const left: Waiting[] = [];
    let looked = 0;
    for (const waiting of this.waiting) {
      // Where no container has room, whoever stands further back need not look.
      if (!this.hasRoom) break;
      looked += 1;
      const task = this.choose(waiting.passed, waiting.affinity);
      if (task === undefined) left.push(waiting);
      else waiting.settle(this.take(task, waiting.sawNone ? Date.now() - waiting.since : 0));
    }
    this.waiting = [...left, ...this.waiting.slice(looked)];
    this.poll.noticeDemand();
  }

  private choose(passed: ReadonlySet<TaskId>, affinity?: string): WebTask | undefined {
    return chooseTask(this.tasks, (taskId) => this.activeIn(taskId), passed, affinity);
  }

  private get hasRoom(): boolean {
    return this.tasks.some(({ taskId, maxRequests }) => this.activeIn(taskId) < maxRequests);
  }

  private activeIn(taskId: TaskId): number {
    const inside = this.taken.in(taskId);
    return this.busy.isFull(taskId, inside) ? Number.POSITIVE_INFINITY : inside;
  }

  private get demand(): Demand {
    return { waiting: this.waiting.length, active: this.taken.total };
  }

  private get isInUse(): boolean {
    const { waiting, active } = this.demand;
    return active > 0 || waiting > 0 || Date.now() - this.lastUsedAt < AFTER_LAST_REQUEST_MS;
  }

  private use(): void {
    this.lastUsedAt = Date.now();
    if (this.poll.isRunning) return;
    // What was known when the last poll ended may be long over.
    this.tasks = [];
    this.problem = undefined;
    void this.poll.run();
  }

  private learn({ tasks, problem }: WebTasks): void {
    this.tasks = tasks;
    this.problem = problem;
    this.busy.forgetAllBut(new Set(tasks.map(({ taskId }) => taskId)));
    void this.endLost();
    if (problem !== undefined && problem.kind !== 'no-capacity' && tasks.length === 0) {
      const failed = this.waiting;
      this.waiting = [];
      failed.forEach((waiting) => waiting.settle(problem));
      return;
    }
    if (this.waiting.length > 0) this.serveWaiting();
  }

  /** Bytes on their way to a host that lost its power hold a connection for a quarter of an hour: the scheduler knows sooner. */
  private async endLost(): Promise<void> {
    if (this.looksForLost) return;
    this.looksForLost = true;
    const listed = new Set(this.tasks.map(({ taskId }) => taskId));
    for (const taskId of this.taken.taskIds)
      if (!listed.has(taskId) && (await isHostLost(this.bus, this.subject.workspaceId, taskId)))
        this.taken.lose(taskId);
    this.looksForLost = false;
  }
}
