import { setImmediate } from 'node:timers/promises';
import type { TakenInput } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import {
  GenericResult,
  type FunctionPutOutputsItem,
  type FunctionPutOutputsRequest,
} from '@slipway/protocol';
import type { WorkerHost } from '../worker-host.js';
import type { ContainerSession } from './container-session.js';
import { fromClientFormat } from './data-formats.js';
import { inMessages } from './in-messages.js';
import { outcomeOfResult } from './outcome-of-result.js';

/** Takes the container's outputs and answers when the scheduler has them for good. */
export const putOutputs = async (
  host: WorkerHost,
  session: ContainerSession,
  { outputs }: FunctionPutOutputsRequest,
): Promise<void> => {
  const { taskId, workspaceId } = session.assignment;
  // What the input's code printed lies in the pipes by now: it is read in this turn, while the input is still held.
  await setImmediate();
  const outcomeOf = (item: FunctionPutOutputsItem) =>
    outcomeOfResult(
      host.objects,
      workspaceId,
      item.result ?? GenericResult.create(),
      fromClientFormat(item.dataFormat),
    );
  const reported = await Promise.all(
    outputs.map(async (item) => {
      const startedAt = session.inputs.startedAt(item.inputId);
      return {
        inputId: item.inputId,
        retryCount: item.retryCount,
        ...(startedAt !== undefined && { startedAt }),
        outcome: await outcomeOf(item),
      };
    }),
  );
  const { asksNext } = session;
  const inputIds = outputs.map(({ inputId }) => inputId);
  const interrupted = session.mayHaveInterrupted(inputIds);
  const put = async (part: typeof reported): Promise<readonly TakenInput[]> => {
    try {
      const { next } = await host.bus.persist('scheduler.put-outputs', {
        taskId,
        workerId: host.config.workerId,
        ...(interrupted && { interrupted: true }),
        outputs: part,
        ...(asksNext && { takeNext: { holding: session.inputIds } }),
      });
      return next;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // The input has another owner or an end by now; saying it again would not change that.
      host.logger.warn({ taskId, refusal: error.refusal }, 'outputs were refused');
      return [];
    }
  };
  const report = async (): Promise<readonly TakenInput[]> => {
    let next: readonly TakenInput[] = [];
    for (const part of inMessages(reported)) next = await put(part);
    return next;
  };
  const settled = session.inputs.settleWhile(inputIds, report);
  if (asksNext) session.ahead.expect(settled.catch(() => []));
  await settled;
};
