import type {
  ExitReason,
  InputId,
  Outcome,
  StopHow,
  TakenInput,
  TaskAssignment,
  TaskId,
  TaskPhase,
  WorkerCapacity,
  WorkerId,
} from '@slipway/contracts';
import type { World } from './world.js';

export type Temper = {
  /** Probability that a container dies while it runs an input. */
  crashes: number;
  /** Probability that an input ends in the user's error. */
  errors: number;
  /** Probability that a start fails. */
  failedStarts: number;
};

/** A worker as the contract knows one: it syncs, starts and stops containers, and can lose power. */
export class SimulatedWorker {
  private boot = 0;
  private tasks = new Map<TaskId, SimulatedContainer>();
  private ended = new Set<TaskId>();
  private nudged = false;
  private syncing = false;

  constructor(
    readonly world: World,
    readonly workerId: WorkerId,
    readonly capacity: WorkerCapacity,
    readonly temper: Temper,
  ) {}

  get bootId(): string {
    return `${this.workerId}-boot-${this.boot}`;
  }

  get isOn(): boolean {
    return this.boot % 2 === 1;
  }

  get liveTaskIds(): readonly TaskId[] {
    return [...this.tasks.keys()];
  }

  powerOn(): void {
    if (this.isOn) return;
    this.boot += 1;
    this.tasks = new Map();
    this.ended = new Set();
    this.world.nudges.set(this.workerId, () => this.nudge());
    void this.syncForever(this.boot);
  }

  powerOff(): void {
    if (!this.isOn) return;
    this.boot += 1;
    this.syncing = false;
    this.tasks = new Map();
  }

  forget(taskId: TaskId): void {
    this.tasks.delete(taskId);
    this.ended.add(taskId);
  }

  private nudge(): void {
    this.nudged = true;
    if (!this.syncing && this.isOn) void this.sync(this.boot);
  }

  private async syncForever(boot: number): Promise<void> {
    while (this.boot === boot) {
      if (!this.syncing) await this.sync(boot);
      await this.world.clock.pause(1_000);
    }
  }

  private async sync(boot: number): Promise<void> {
    this.syncing = true;
    do {
      this.nudged = false;
      const plan = await this.world
        .ask(this.workerId, 'scheduler.sync-worker', {
          workerId: this.workerId,
          bootId: this.bootId,
          capacity: this.capacity,
          tasks: [...this.tasks.values()].map(({ taskId, phase }) => ({ taskId, phase })),
          cachedImageIds: [],
          draining: false,
        })
        .catch(() => undefined);
      if (this.boot !== boot) return;
      for (const { taskId, how, reason } of plan?.stop ?? []) this.tasks.get(taskId)?.stop(how, reason);
      for (const { taskId, inputIds } of plan?.cancel ?? []) this.tasks.get(taskId)?.cancel(inputIds);
      for (const assignment of plan?.start ?? [])
        if (!this.tasks.has(assignment.taskId) && !this.ended.has(assignment.taskId))
          this.tasks.set(assignment.taskId, new SimulatedContainer(this, assignment, this.bootId));
    } while (this.nudged);
    this.syncing = false;
  }
}

/** User code says what it likes, also what no log holds. */
const USER_ERROR: Outcome = { kind: 'user-error', exception: 'a\0b \ud83d' };

type Held = { input: TakenInput; startedAt: number; done: boolean };

/** A container and the worker's side of its conversation. */
class SimulatedContainer {
  phase: TaskPhase = 'preparing';
  private gone = false;
  private interrupted = false;
  private asked: ExitReason | undefined;
  private readonly held = new Map<InputId, Held>();
  private freed: () => void = () => undefined;

  constructor(
    private readonly worker: SimulatedWorker,
    private readonly assignment: TaskAssignment,
    private readonly bootId: string,
  ) {
    void this.run();
  }

  get taskId(): TaskId {
    return this.assignment.taskId;
  }

  stop(how: StopHow, reason: ExitReason): void {
    this.asked ??= reason;
    this.phase = 'stopping';
    this.freed();
    if (how === 'drain') return void this.leaveWhenDone();
    const { clock, chance } = this.worker.world;
    const graceMs = how === 'kill' ? 5 : chance.between(50, 3_000);
    if (how === 'graceful' && chance.happens(0.5)) this.interrupt();
    void clock.pause(graceMs).then(() => this.end(this.asked ?? 'finished'));
  }

  private async leaveWhenDone(): Promise<void> {
    const { clock, chance } = this.worker.world;
    do await clock.pause(chance.between(50, 3_000));
    while (this.held.size > 0 && this.alive());
    this.end(this.asked ?? 'finished');
  }

  /** A batch ends as a whole, whichever of its inputs is cancelled. */
  cancel(inputIds: readonly InputId[]): void {
    const held = inputIds.flatMap((inputId) => this.held.get(inputId) ?? []);
    if (this.isBatch && held.length > 0) this.interrupt();
    else for (const one of held) void this.finish(one, { kind: 'cancelled' });
  }

  /** What an interrupted runtime says of the inputs that it drops. */
  private interrupt(): void {
    this.interrupted = true;
    for (const held of this.held.values()) void this.finish(held, { kind: 'cancelled' });
  }

  private readonly alive = (): boolean => !this.gone && this.worker.bootId === this.bootId;

  private get isBatch(): boolean {
    return this.assignment.functionTag.includes('batch');
  }

  private get identity() {
    return { taskId: this.taskId, workerId: this.worker.workerId, bootId: this.bootId };
  }

  private async run(): Promise<void> {
    const { world, temper, workerId } = this.worker;
    const { clock, chance } = world;
    await clock.pause(chance.between(20, 800));
    if (!this.alive()) return;
    if (this.phase !== 'stopping') this.phase = 'starting';
    await clock.pause(chance.between(20, 800));
    if (!this.alive()) return;
    if (chance.happens(temper.failedStarts)) return this.end('platform-error');
    if (this.phase !== 'stopping') this.phase = 'ready';
    void world.persist(
      workerId,
      'scheduler.report-task',
      { ...this.identity, phase: 'ready', phases: {} },
      this.alive,
    );
    await this.takeInputs();
  }

  private async takeInputs(): Promise<void> {
    const { world } = this.worker;
    const { chance } = world;
    const { maxConcurrentInputs } = this.assignment;
    while (this.alive() && this.phase !== 'stopping') {
      if (this.held.size >= (this.isBatch ? 1 : maxConcurrentInputs)) {
        await new Promise<void>((resolve) => (this.freed = resolve));
        continue;
      }
      const waitMs = chance.pick([1_000, 5_000, 20_000]);
      const taken = await world
        .ask(
          `${this.worker.workerId}/${this.taskId}`,
          'scheduler.take-inputs',
          {
            ...this.identity,
            holding: [...this.held.keys()],
            maxInputs: this.isBatch ? 4 : 1,
            lingerMs: this.isBatch ? 200 : 0,
            waitMs,
          },
          waitMs + 500,
        )
        .catch(() => undefined);
      if (!this.alive() || taken === undefined) continue;
      if (taken.exit && taken.inputs.length === 0) {
        while (this.held.size > 0 && this.alive()) await new Promise<void>((done) => (this.freed = done));
        return this.end('finished');
      }
      for (const input of taken.inputs) this.begin(input);
    }
  }

  private begin(input: TakenInput): void {
    const { world, temper } = this.worker;
    const { clock, chance } = world;
    // A retry may come back before the answer to the output of the last run: that is no second run at once.
    if (this.held.get(input.inputId)?.done === false) {
      world.broken.push(`${this.taskId} was given ${input.inputId}, which it holds`);
      return;
    }
    const held: Held = { input, startedAt: clock.now(), done: false };
    this.held.set(input.inputId, held);
    void clock.pause(chance.pick([1, 10, 100, 1_000, 4_000])).then(() => {
      if (!this.alive() || held.done) return;
      if (chance.happens(temper.crashes))
        return this.end(chance.pick(['out-of-memory', 'platform-error', 'user-error', 'finished'] as const));
      void this.finish(held, chance.happens(temper.errors) ? USER_ERROR : { kind: 'success' });
    });
  }

  private async finish(held: Held, outcome: Outcome): Promise<void> {
    if (held.done) return;
    held.done = true;
    const { input } = held;
    const { world, workerId } = this.worker;
    await world.persist(
      `${workerId}/${this.taskId}/outputs`,
      'scheduler.put-outputs',
      {
        taskId: this.taskId,
        workerId,
        ...(this.interrupted && { interrupted: true }),
        outputs: [
          { inputId: input.inputId, retryCount: input.retryCount, startedAt: held.startedAt, outcome },
        ],
      },
      this.alive,
    );
    if (this.held.get(input.inputId) === held) this.held.delete(input.inputId);
    this.freed();
  }

  private end(reason: ExitReason): void {
    if (!this.alive()) return;
    this.gone = true;
    const { world, workerId } = this.worker;
    const isBootOn = (): boolean => this.worker.bootId === this.bootId;
    void world
      .persist(workerId, 'scheduler.report-task', { ...this.identity, phase: 'ended', reason }, isBootOn)
      .then(() => isBootOn() && this.worker.forget(this.taskId));
  }
}
