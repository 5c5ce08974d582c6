import {
  chooseGpus,
  type AwaitBuildStep,
  type BuildStep,
  type BuildStepClaimed,
  type BuildStepProgress,
} from '@slipway/contracts';
import { RefusedError, refuse } from '@slipway/kernel';
import type { WorkerHost } from '../worker-host.js';
import { BuildStepRun } from './build-step-run.js';
import { makeLayer } from './make-layer.js';

/** A finished step is remembered this long, for who has not yet asked for its end. */
const REMEMBERED_MS = 10 * 60 * 1000;

/** The build steps that this worker has taken. */
export class BuildSteps {
  private readonly runs = new Map<string, BuildStepRun>();
  private takesNoMore = false;

  constructor(private readonly host: WorkerHost) {}

  /**
   * Takes a step; asked again for the same one (the answer was lost), says the same. Refuses one whose GPUs this host does not have,
   * and any once all were stopped.
   */
  claim(step: BuildStep): BuildStepClaimed {
    if (!this.runs.has(step.stepId)) {
      this.requireServing();
      this.requireGpus(step);
      const { stepId } = step;
      const run = new BuildStepRun((log, stopped) => makeLayer(this.host, step, log, stopped), {
        onLeft: () => this.host.logger.warn({ stepId }, 'nobody follows a build step, it is ended'),
        onFault: (error) => this.host.logger.error({ stepId, err: error }, 'build step failed'),
      });
      this.runs.set(step.stepId, run);
      void run.done.then(() => setTimeout(() => this.runs.delete(step.stepId), REMEMBERED_MS).unref());
    }
    return { workerId: this.host.config.workerId };
  }

  /**
   * New log lines and, once it is there, the result. Refuses a step that this worker does not have: it was restarted, or has ended
   * the step before its end.
   */
  async await({ stepId, afterEntry, waitMs }: AwaitBuildStep): Promise<BuildStepProgress> {
    const run = this.runs.get(stepId);
    const progress = await run?.progress(afterEntry, waitMs);
    if (run === undefined || progress === undefined || run.isGivenUp)
      throw new RefusedError(
        refuse(
          'not-found',
          'build-step-not-here',
          `worker ${this.host.config.workerId} has no build step ${stepId}`,
        ),
      );
    return progress;
  }

  private requireServing(): void {
    if (!this.takesNoMore) return;
    const { workerId } = this.host.config;
    throw new RefusedError(
      refuse('unavailable', 'worker-stopping', `worker ${workerId} takes no more build steps`),
    );
  }

  private requireGpus({ action }: BuildStep): void {
    if (action.kind !== 'run' || action.gpu === undefined) return;
    if (chooseGpus(action.gpu, this.host.gpus) !== undefined) return;
    const { type, count } = action.gpu;
    throw new RefusedError(
      refuse(
        'unavailable',
        'gpus-not-here',
        `worker ${this.host.config.workerId} does not have ${count} GPU${count === 1 ? '' : 's'} of type ${type}`,
      ),
    );
  }

  /** Ends all, and takes no more. */
  async stopAll(): Promise<void> {
    this.takesNoMore = true;
    await Promise.all([...this.runs.values()].map((run) => run.stop()));
  }
}
