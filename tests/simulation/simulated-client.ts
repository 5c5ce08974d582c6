import type {
  AppLifetime,
  CallId,
  FunctionSpec,
  InputId,
  Invocation,
  NewInput,
  OutputItem,
  RetryPolicy,
} from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import type { World } from './world.js';

export const WORKSPACE = 'ws-1';
const NO_ARGUMENTS = { inline: '' };

/** What a client was promised and what it got: the invariants are checked against this. */
export type Ledger = {
  accepted: Map<InputId, CallId>;
  outputs: Map<CallId, OutputItem[]>;
  clientRetries: Map<InputId, number>;
  stoppedApps: Set<string>;
};

export type FunctionPlan = Readonly<{ functionId: string; appId: string; spec: FunctionSpec }>;

/** A client that deploys an app, calls its functions, and wants every output once. */
export class SimulatedClient {
  readonly functions: FunctionPlan[] = [];
  readonly ledger: Ledger = {
    accepted: new Map(),
    outputs: new Map(),
    clientRetries: new Map(),
    stoppedApps: new Set(),
  };
  private lifetime: AppLifetime | undefined;
  /** One deployment of an app at a time; none after the last. */
  private deploying: Promise<void> = Promise.resolve();
  private isDeployedForGood = false;
  private deploymentCount = 0;
  private inputCount = 0;
  private callCount = 0;

  constructor(
    private readonly world: World,
    private readonly name: string,
    private readonly settings: { ended: () => boolean },
  ) {}

  get appId(): string {
    return `ap-${this.name}`;
  }

  /** Creates the app, its functions, and publishes it. */
  async deploy(): Promise<void> {
    const { world, appId, name } = this;
    const { chance } = world;
    const lifetime = chance.pick(['deployed', 'ephemeral', 'detached'] as const);
    await world.persist(name, 'scheduler.create-app', {
      appId,
      workspaceId: WORKSPACE,
      environment: 'main',
      description: name,
      lifetime,
      name,
    });
    for (let n = chance.between(1, 3); n > 0; n -= 1) {
      const plan = { functionId: `fu-${name}-${n}`, appId, spec: this.specOf(`f${n}`) };
      this.functions.push(plan);
      await this.define(plan, 'digest');
    }
    this.lifetime = lifetime;
    await this.publish();
    void this.heartbeat();
  }

  /** Another version while calls are on their way: changed functions, missing ones, staged ones, or an earlier version again. */
  redeploy(): void {
    const kind = this.world.chance.pick(['publish', 'abandon', 'rollback', 'rollover', 'promotion'] as const);
    this.deploying = this.deploying.then(() => (this.isDeployedForGood ? undefined : this.makeVersion(kind)));
  }

  private async makeVersion(
    kind: 'publish' | 'abandon' | 'rollback' | 'rollover' | 'promotion',
  ): Promise<void> {
    const { world, name } = this;
    const { chance } = world;
    const of = { appId: this.appId, workspaceId: WORKSPACE, deploymentId: this.newDeploymentId() };
    if (kind === 'rollover') await world.persist(name, 'scheduler.redeploy-app', { ...of, kind });
    if (kind === 'rollback' || kind === 'promotion') {
      const version = kind === 'rollback' ? chance.pick([-1, 1]) : chance.between(1, 4);
      await world.persist(name, 'scheduler.redeploy-app', { ...of, kind, version });
    }
    if (kind !== 'publish' && kind !== 'abandon') return;
    for (const plan of this.functions)
      if (chance.happens(0.7)) await this.define(plan, `digest-${chance.between(1, 3)}`);
    const kept = this.functions.filter(() => chance.happens(0.9));
    if (kind === 'publish') await this.publish(kept, chance.happens(0.2));
  }

  private newDeploymentId(): string {
    return `dp-${this.name}-${++this.deploymentCount}`;
  }

  /** Publishes the app again, all of it, without the schedules of its functions; what is staged stays so. */
  async unschedule(): Promise<void> {
    if (this.lifetime === undefined) return;
    this.isDeployedForGood = true;
    await this.deploying;
    for (const plan of this.functions) {
      const { schedule, ...spec } = plan.spec;
      if (schedule !== undefined) await this.define({ ...plan, spec }, 'digest-without-schedule');
    }
    await this.publish();
  }

  /** One call from its making to its last output. */
  async call(): Promise<void> {
    const { world, name } = this;
    const { chance } = world;
    const plan = chance.pick(this.functions);
    const callId: CallId = `fc-${name}-${++this.callCount}`;
    const isMap = chance.happens(0.5);
    const invocation = chance.pick(['sync', 'async'] as const);
    const unary = isMap ? [] : [this.newInput(0)];
    const created = await world.persist(name, 'scheduler.create-call', {
      callId,
      functionId: plan.functionId,
      workspaceId: WORKSPACE,
      shape: isMap ? 'map' : 'unary',
      invocation,
      inputs: unary,
    });
    if (created === undefined) return;
    unary.forEach(({ inputId }) => this.ledger.accepted.set(inputId, callId));
    this.ledger.outputs.set(callId, []);
    if (chance.happens(0.15)) void this.cancelLater(callId);
    const collecting = this.collect(callId);
    if (isMap) await this.feed(callId, invocation);
    await collecting;
  }

  /** Stops the app; all that it still had must end. */
  async stop(): Promise<void> {
    this.ledger.stoppedApps.add(this.appId);
    await this.world.persist(this.name, 'scheduler.stop-app', {
      appId: this.appId,
      workspaceId: WORKSPACE,
      reason: 'the user said so',
    });
  }

  private async define(plan: FunctionPlan, definitionDigest: string): Promise<void> {
    const ask = { ...plan, workspaceId: WORKSPACE, definitionDigest };
    await this.world.persist(this.name, 'scheduler.create-function', ask);
  }

  private async publish(functions = this.functions, staged = false): Promise<void> {
    const { world, appId, name } = this;
    await world.persist(name, 'scheduler.publish-app', {
      appId,
      workspaceId: WORKSPACE,
      deploymentId: this.newDeploymentId(),
      name,
      lifetime: this.lifetime ?? 'deployed',
      functionIds: Object.fromEntries(functions.map(({ functionId, spec }) => [spec.tag, functionId])),
      classIds: {},
      definitionIds: {},
      staged,
    });
  }

  /** Of maps only `spawn_map` says when all inputs are there; `map` and `starmap` never do. */
  private async feed(callId: CallId, invocation: Invocation): Promise<void> {
    const { world, name } = this;
    const { chance } = world;
    let idx = 0;
    for (let part = chance.between(1, 3); part > 0; part -= 1) {
      const inputs = Array.from({ length: chance.between(1, 6) }, () => this.newInput(idx++));
      const ask = { callId, workspaceId: WORKSPACE, inputs };
      if ((await world.persist(name, 'scheduler.put-inputs', ask)) !== undefined)
        inputs.forEach(({ inputId }) => this.ledger.accepted.set(inputId, callId));
      await world.clock.pause(chance.between(0, 1_000));
    }
    const all = { callId, workspaceId: WORKSPACE, numInputs: idx };
    if (invocation === 'async') await world.persist(name, 'scheduler.finish-inputs', all);
  }

  private async collect(callId: CallId): Promise<void> {
    const { world, name, ledger } = this;
    const outputs = ledger.outputs.get(callId)!;
    let afterEntry = 0;
    while (!this.settings.ended()) {
      try {
        const ready = await world.ask(
          `${name}/${callId}`,
          'scheduler.await-outputs',
          {
            callId,
            workspaceId: WORKSPACE,
            afterEntry,
            maxOutputs: world.chance.between(1, 5),
            waitMs: 5_000,
          },
          6_000,
        );
        outputs.push(...ready.outputs);
        afterEntry = ready.lastEntry;
        for (const output of ready.outputs)
          if (output.outcome.kind !== 'success') void this.retry(callId, output);
      } catch (error) {
        if (error instanceof RefusedError) world.broken.push(`await-outputs of ${callId}: ${error.message}`);
      }
    }
  }

  private async retry(callId: CallId, { inputId, retryCount }: OutputItem): Promise<void> {
    const { world, name } = this;
    if (retryCount >= 2 || !world.chance.happens(0.3)) return;
    const inputs = [{ inputId, retryCount: retryCount + 1, args: NO_ARGUMENTS }];
    await world.persist(name, 'scheduler.retry-inputs', { callId, workspaceId: WORKSPACE, inputs });
  }

  private async cancelLater(callId: CallId): Promise<void> {
    const { world, name } = this;
    await world.clock.pause(world.chance.between(0, 5_000));
    const terminateContainers = world.chance.happens(0.3);
    await world.persist(name, 'scheduler.cancel-call', {
      callId,
      workspaceId: WORKSPACE,
      terminateContainers,
    });
  }

  private async heartbeat(): Promise<void> {
    while (!this.settings.ended()) {
      await this.world.persist(this.name, 'scheduler.heartbeat-app', {
        appId: this.appId,
        workspaceId: WORKSPACE,
      });
      await this.world.clock.pause(15_000);
    }
  }

  private newInput(idx: number): NewInput {
    this.inputCount += 1;
    const inputId = `in-${this.name}-${this.inputCount}`;
    return { idx, inputId, args: NO_ARGUMENTS, dataFormat: 'pickle' };
  }

  private specOf(tag: string): FunctionSpec {
    const { chance } = this.world;
    // One function of each client may be always on: all of these must leave room on the smallest worker.
    const isSmall = tag === 'f1';
    const kind = chance.pick(['plain', 'plain', 'batch', 'concurrent', 'single', 'gpu'] as const);
    const retryPolicy: RetryPolicy = {
      retries: chance.between(1, 3),
      initialDelayMs: chance.pick([0, 100, 2_000]),
      backoffCoefficient: 2,
      maxDelayMs: 5_000,
    };
    const concurrency = kind === 'concurrent' ? chance.between(2, 4) : 1;
    return {
      tag: `${tag}-${kind}`,
      imageId: 'im-1',
      mountIds: [],
      secretIds: [],
      resources: {
        milliCpu: isSmall ? chance.pick([125, 500]) : chance.pick([125, 500, 1_000]),
        memoryMiB: isSmall ? chance.pick([128, 512]) : chance.pick([128, 512, 1_024]),
        gpus: kind === 'gpu' ? [{ type: 'any', count: 1 }] : [],
      },
      ...(chance.happens(0.5) ? { retryPolicy } : {}),
      timeoutMs: 60_000,
      startupTimeoutMs: 60_000,
      autoscaler: {
        minContainers: isSmall ? chance.pick([0, 1]) : 0,
        maxContainers: chance.pick([0, 1, 3]),
        bufferContainers: chance.pick([0, 0, 1]),
        scaledownWindowMs: chance.pick([1_000, 5_000]),
      },
      maxConcurrentInputs: concurrency,
      targetConcurrentInputs: concurrency,
      ...(kind === 'batch' ? { batch: { maxSize: 4, lingerMs: 200 } } : {}),
      network: 'open',
      lifetime: kind === 'single' ? 'single-input' : 'reused',
      purpose: 'serve',
      ...(chance.happens(0.3)
        ? { schedule: { kind: 'period', months: 0, periodMs: chance.between(1_000, 9_000) } }
        : {}),
    };
  }
}
