import { createHash } from 'node:crypto';
import type { BuildStep, LayerRef } from '@slipway/contracts';
import { lentWithGpus } from '@slipway/worker-core';
import { layRoot, prepareContainer, removeContainer } from '../isolated-container/isolated-container.js';
import { captureLayer } from '../root-file-system/capture-layer.js';
import type { WorkerHost } from '../worker-host.js';
import { copyStep } from './copy-step.js';
import { runStep } from './run-step.js';
import type { StepLog } from './step-log.js';

const STEP_DISK_MIB = 64 * 1024;

/** A container (or a copy) over the layers so far; what it writes is the next layer. Throws StepFailedError. */
export const makeLayer = async (
  host: WorkerHost,
  step: BuildStep,
  log: StepLog,
  stopped: AbortSignal,
): Promise<LayerRef> => {
  const id = `step-${createHash('sha256').update(step.stepId).digest('hex').slice(0, 24)}`;
  const layers = Promise.all(step.base.map((layer) => host.layers.folderOf(layer)));
  layers.catch(() => undefined);
  const prepared = await prepareContainer(host, id, { diskMiB: STEP_DISK_MIB, reach: 'open' });
  try {
    const container = await layRoot(prepared, await layers);
    const { action } = step;
    switch (action.kind) {
      case 'run':
        await runStep(host, container, step, action, log, stopped);
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
};
