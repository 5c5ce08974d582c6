import type {
  AnswerOf,
  AppLifetime,
  AskOf,
  FunctionSpec,
  InputsTaken,
  Outcome,
  WorkerPlan,
} from '@slipway/contracts';
import { HotState } from '../hot-state/hot-state.js';
import type { SpendGate } from '../policies/spending/spend-gate.js';
import { MemoryLog } from './memory-log.testing.js';
import { newInput, specOf, WORKSPACE } from './samples.testing.js';
import { foldAll, startSchedulerProcess, type SchedulerProcess } from './scheduler-process.testing.js';
import { settleTurns, VirtualClock } from './virtual-clock.testing.js';

const CAPACITY = { milliCpu: 4_000, memoryMiB: 4_096, gpus: [], runtime: 'runc' } as const;

/** A scheduler with one app, for specs that speak to it by its requests and let time pass as they need. */
export class SchedulerScene {
  readonly clock = new VirtualClock();
  readonly log = new MemoryLog();
  readonly nudged: string[] = [];
  readonly appsDone: string[] = [];
  /** Starts that failed in a row on a worker, as operators are told. */
  readonly failedStarts: (readonly [workerId: string, inARow: number])[] = [];
  /** Set while the bus is away: when it was last heard. */
  busLostAt: number | undefined;
  process: SchedulerProcess;
  private tasks = 0;

  constructor(
    private readonly spend?: SpendGate,
    private readonly mostResultBytes?: number,
  ) {
    this.process = this.start();
  }

  get requests() {
    return this.process.scheduler.requests;
  }

  /** Ends the process as a crash does; its successor knows the log alone. */
  restart(): void {
    this.process.kill();
    this.process = this.start();
  }

  private start(): SchedulerProcess {
    return startSchedulerProcess({
      clock: this.clock,
      log: this.log,
      state: foldAll(this.log.events, new HotState(this.mostResultBytes)),
      newTaskId: () => `ta-${++this.tasks}`,
      ...(this.spend === undefined ? {} : { spend: this.spend }),
      busHeardAt: () => this.busLostAt ?? this.clock.now(),
      nudgeWorker: (workerId) => this.nudged.push(workerId),
      workerInTrouble: (workerId, trouble) => this.failedStarts.push([workerId, trouble?.failedStarts ?? 0]),
      appDone: (appId) => this.appsDone.push(appId),
    });
  }

  /** A published app with the function `fu-1`. */
  async deploy(
    changes: Partial<FunctionSpec> = {},
    definitionDigest = 'd',
    lifetime: AppLifetime = 'deployed',
  ): Promise<void> {
    const of = { appId: 'ap-1', workspaceId: WORKSPACE };
    await this.requests['create-app']({ ...of, environment: 'main', description: '', lifetime });
    const spec = specOf(changes);
    await this.requests['create-function']({ ...of, functionId: 'fu-1', spec, definitionDigest });
    await this.requests['publish-app']({
      ...of,
      name: 'shop',
      lifetime,
      functionIds: { f: 'fu-1' },
      classIds: {},
      definitionIds: {},
    });
  }

  call(callId: string, inputIds: readonly string[]): Promise<AnswerOf<'scheduler.create-call'>> {
    return this.requests['create-call']({
      callId,
      functionId: 'fu-1',
      workspaceId: WORKSPACE,
      shape: 'map',
      invocation: 'sync',
      inputs: inputIds.map((inputId, idx) => newInput(inputId, idx)),
    });
  }

  /** The container that a first call with these inputs started. */
  async started(inputIds: readonly string[] = ['in-1']): Promise<string> {
    await this.sync();
    await this.call('fc-1', inputIds);
    const plan = await this.sync();
    return plan.start[0]!.taskId;
  }

  sync(
    taskIds: readonly string[] = [],
    changes: Partial<AskOf<'scheduler.sync-worker'>> = {},
  ): Promise<WorkerPlan> {
    return this.requests['sync-worker']({
      workerId: 'wo-1',
      bootId: 'boot-1',
      capacity: CAPACITY,
      tasks: taskIds.map((taskId) => ({ taskId, phase: 'ready' as const })),
      cachedImageIds: [],
      draining: false,
      ...changes,
    });
  }

  take(taskId: string, changes: Partial<AskOf<'scheduler.take-inputs'>> = {}): Promise<InputsTaken> {
    return this.requests['take-inputs']({
      ...this.of(taskId),
      holding: [],
      maxInputs: 1,
      lingerMs: 0,
      waitMs: 5_000,
      ...changes,
    });
  }

  ready(taskId: string): Promise<unknown> {
    return this.requests['report-task']({ ...this.of(taskId), phase: 'ready', phases: {} });
  }

  put(
    taskId: string,
    inputId: string,
    kind: 'success' | 'user-error' = 'success',
    retryCount = 0,
    said: Partial<Outcome> = {},
  ): Promise<unknown> {
    const outputs = [{ inputId, retryCount, outcome: { kind, ...said } }];
    return this.requests['put-outputs']({ taskId, workerId: 'wo-1', outputs });
  }

  outputs(callId: string, afterEntry = 0, maxOutputs = 10): Promise<AnswerOf<'scheduler.await-outputs'>> {
    return this.requests['await-outputs']({
      callId,
      workspaceId: WORKSPACE,
      afterEntry,
      maxOutputs,
      waitMs: 5_000,
    });
  }

  /** Lets time pass; the worker is heard of all the while, so that it is not taken for lost. */
  async pass(ms: number, taskIds: readonly string[] = []): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1_000) {
      await this.clock.advance(Math.min(1_000, ms - passed));
      void this.sync(taskIds);
      await settleTurns();
    }
  }

  /** Lets time pass, and then goes what was finished for long; of the worker is heard at the end. */
  async evictAfter(ms: number): Promise<void> {
    await this.clock.advance(ms);
    void this.sync();
    await settleTurns();
    this.process.scheduler.evict();
  }

  types(): readonly string[] {
    return this.log.events.map(({ type }) => type);
  }

  private of(taskId: string) {
    return { taskId, workerId: 'wo-1', bootId: 'boot-1' };
  }
}
