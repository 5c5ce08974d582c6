import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { BuildStep, BuildStepProgress, FunctionId } from '@slipway/contracts';
import type { BuildLog, KnownImage, StepResult, Steps } from '@slipway/image-builder-core';
import { refuse, RefusedError, type Refusal } from '@slipway/kernel';
import { BusUnavailableError, type Bus } from '@slipway/messaging';
import type { ObjectClient } from '@slipway/nest-kit';
import { runBuildFunction } from './run-build-function.js';

const POLL_MS = 10_000;
/** A worker that is silent for this long is given up; the step is run elsewhere. */
const SILENCE_MS = 20_000;
const TIMES = {
  claimPauseMs: 1_000,
  /** The pause before a step starts again doubles with each worker that is gone, up to this. */
  restartPauseMaxMs: 60_000,
  /** Well within the minute after which a worker ends a step that nobody asks for. */
  askEachMs: 15_000,
  /** Workers are asked at random: when all have refused for so long, none has the GPUs. */
  gpusWithinMs: 5 * 60_000,
};
/** Enough of a step's output to tell why it failed. */
const KEPT_OUTPUT_BYTES = 64 * 1024;

/** Steps run on whichever worker takes them. */
export class WorkerSteps implements Steps {
  constructor(
    private readonly bus: Bus,
    private readonly objects: ObjectClient,
    /** Settles when there is room for more of what steps say. */
    private readonly untilRoom: () => Promise<void>,
    private readonly times = TIMES,
    private readonly wait: (ms: number) => Promise<unknown> = pause,
  ) {}

  /** Throws when the platform failed: the build goes on from here later. */
  async run(step: Omit<BuildStep, 'stepId'>, log: BuildLog): Promise<StepResult> {
    for (let restarts = 0; ; restarts += 1) {
      const claimed: BuildStep = { ...step, stepId: randomUUID() };
      const workerId = await this.claim(claimed, log);
      const result = await this.follow(claimed.stepId, workerId, log);
      if (result) return result;
      log(`worker ${workerId} is gone, the step starts again on another\n`, 'info');
      await this.wait(Math.min(this.times.claimPauseMs * 2 ** restarts, this.times.restartPauseMaxMs));
    }
  }

  async runFunction(
    image: KnownImage,
    others: () => readonly FunctionId[],
    log: BuildLog,
  ): Promise<StepResult> {
    const putBlob = async (bytes: Buffer) => ({
      blobId: await this.objects.putBlob(image.workspaceId, bytes),
    });
    return runBuildFunction(this.bus, image, { others, putBlob, log });
  }

  private async claim(step: BuildStep, log: BuildLog): Promise<string> {
    let withoutGpusSince: number | undefined;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return (await this.bus.request('worker.claim-build-step', step)).workerId;
      } catch (error) {
        const refusal = error instanceof RefusedError ? error.refusal : undefined;
        const later =
          error instanceof BusUnavailableError ||
          (refusal !== undefined && ['unavailable', 'exhausted'].includes(refusal.refused));
        if (!later) throw error;
        withoutGpusSince = refusal?.code === 'gpus-not-here' ? (withoutGpusSince ?? Date.now()) : undefined;
        if (withoutGpusSince !== undefined && Date.now() - withoutGpusSince >= this.times.gpusWithinMs)
          throw new RefusedError(noWorkerHasGpus(step));
        if (attempt === 3) log(`waiting for a worker with ${needOf(step)}\n`, 'info');
        await this.wait(this.times.claimPauseMs);
      }
    }
  }

  /** Undefined: the worker is gone, or does not know the step any more. */
  private async follow(stepId: string, workerId: string, log: BuildLog): Promise<StepResult | undefined> {
    let afterEntry = 0;
    let output = '';
    for (;;) {
      const progress = await this.ask(stepId, workerId, afterEntry);
      if (progress === undefined) return undefined;
      for (const { data, stream } of progress.logs) {
        log(data, stream);
        output = `${output}${data}`.slice(-KEPT_OUTPUT_BYTES);
      }
      await this.waitForRoom(() => this.ask(stepId, workerId, afterEntry));
      afterEntry = progress.lastEntry;
      const { result } = progress;
      if (result === undefined) continue;
      if (!result.ok && result.fault !== undefined) throw new Error(`worker ${workerId}: ${result.message}`);
      return { ...result, output };
    }
  }

  /** Undefined: the worker is gone, or does not know the step any more. */
  private async ask(
    stepId: string,
    workerId: string,
    afterEntry: number,
  ): Promise<BuildStepProgress | undefined> {
    try {
      return await this.bus.park(
        'worker.await-build-step',
        { stepId, afterEntry, waitMs: POLL_MS },
        { to: workerId, untilMs: Date.now() + SILENCE_MS },
      );
    } catch (error) {
      const gone =
        error instanceof BusUnavailableError ||
        (error instanceof RefusedError && error.refusal.refused === 'not-found');
      if (gone) return undefined;
      throw error;
    }
  }

  /** Asks on meanwhile for what is known already: a step that nobody asks for is ended by its worker. */
  private async waitForRoom(askAgain: () => Promise<unknown>): Promise<void> {
    const room = this.untilRoom().then(() => true);
    const aWhile = (): Promise<boolean> => pause(this.times.askEachMs, false, { ref: false });
    while (!(await Promise.race([room, aWhile()]))) await askAgain();
  }
}

const needOf = ({ action }: BuildStep): string =>
  action.kind === 'run' && action.gpu !== undefined
    ? `${action.gpu.count} × GPU ${action.gpu.type} for this step`
    : 'room for this step';

const noWorkerHasGpus = (step: BuildStep): Refusal =>
  refuse(
    'unavailable',
    'no-worker-has-gpus',
    `no worker of this site has ${needOf(step)}: leave gpu out of the image's step, or name a type that there is`,
  );
