import { createHash } from 'node:crypto';
import type { BuildStep, BuildStepProgress } from '@slipway/contracts';
import { lentWithGpus } from '@slipway/worker-core';
import { layRoot, prepareContainer, removeContainer } from '../isolated-container/isolated-container.js';
import { captureLayer } from '../root-file-system/capture-layer.js';
import type { WorkerHost } from '../worker-host.js';
import { copyStep } from './copy-step.js';
import { runStep, StepFailedError } from './run-step.js';
import { StepLog } from './step-log.js';

const STEP_DISK_MIB = 64 * 1024;

/** One step of a build: a container (or a copy) over the layers so far; what it writes is the next layer. */
export class BuildStepRun {
  readonly done: Promise<void>;
  private readonly log = new StepLog();
  private readonly stopped = new AbortController();

  constructor(
    private readonly host: WorkerHost,
    private readonly step: BuildStep,
  ) {
    this.done = this.live();
  }

  progress(afterEntry: number, waitMs: number): Promise<BuildStepProgress> {
    return this.log.after(afterEntry, waitMs);
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.done;
  }

  private async live(): Promise<void> {
    try {
      this.log.finish({ ok: true, layer: await this.makeLayer() });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!(error instanceof StepFailedError))
        this.host.logger.error({ stepId: this.step.stepId, err: error }, 'build step failed');
      this.log.finish({
        ok: false,
        message,
        ...(error instanceof StepFailedError && error.exitCode !== undefined && { exitCode: error.exitCode }),
      });
    }
  }

  private async makeLayer() {
    const { host, step, log } = this;
    const id = `step-${createHash('sha256').update(step.stepId).digest('hex').slice(0, 24)}`;
    const layers = Promise.all(step.base.map((layer) => host.layers.folderOf(layer)));
    layers.catch(() => undefined);
    const prepared = await prepareContainer(host, id, { diskMiB: STEP_DISK_MIB, reach: 'open' });
    try {
      const container = await layRoot(prepared, await layers);
      const { action } = step;
      switch (action.kind) {
        case 'run':
          await runStep(host, container, step, action, log, this.stopped.signal);
          break;
        case 'copy':
          await copyStep(host, container, step, action);
          break;
        default:
          action satisfies never;
      }
      const lent = [
        ...host.config.siteFiles.map(({ destination }) => destination),
        ...(action.kind === 'run' && action.gpu !== undefined ? lentWithGpus(host.gpuAccess) : []),
      ];
      return await captureLayer(container.disk.folder, host.objects, lent);
    } finally {
      await removeContainer(host, prepared);
    }
  }
}
