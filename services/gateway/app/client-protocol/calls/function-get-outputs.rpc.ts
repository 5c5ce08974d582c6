import type { OutputItem, WorkspaceId } from '@slipway/contracts';
import { BusUnavailableError } from '@slipway/messaging';
import type { FunctionGetOutputsItem } from '@slipway/protocol';
import { HELD_MS, pollUntil } from '../poll-time.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { wireFormat } from './data-format.js';
import type { DataOutReaders } from './data-out-readers.js';
import { itemsFirst } from './items-first.js';
import { loadPayload } from './load-payload.js';
import { resultOfOutcome } from './result-of-outcome.js';

type Parts = Pick<RpcParts, 'bus' | 'objects'>;

const MOST_OUTPUTS = 49;

/** The cursor `<n>-0`: n outputs of the call were seen. */
const readCursor = (entryId: string): number => Number.parseInt(entryId, 10) || 0;

const itemOf = async (
  parts: Parts,
  workspaceId: WorkspaceId,
  output: OutputItem,
): Promise<FunctionGetOutputsItem> => ({
  result: resultOfOutcome(output.outcome, await loadPayload(parts, workspaceId, output.outcome.payload)),
  idx: output.idx,
  inputId: output.inputId,
  dataFormat: wireFormat(output.outcome.dataFormat),
  taskId: output.taskId ?? '',
  inputStartedAt: (output.startedAt ?? 0) / 1000,
  outputCreatedAt: output.finishedAt / 1000,
  retryCount: output.retryCount,
  fcTraceTag: '',
});

/** A long poll for a call's outputs. While the scheduler is away it waits, and then answers "nothing yet". */
export const functionGetOutputs =
  (parts: Parts, readers: DataOutReaders): UnaryRpc<'functionGetOutputs'> =>
  async (request, { caller: { workspaceId } }) => {
    const untilMs = pollUntil(request.timeout);
    const afterEntry = readCursor(request.lastEntryId);
    const ask = () =>
      parts.bus.park(
        'scheduler.await-outputs',
        {
          callId: request.functionCallId,
          workspaceId,
          afterEntry,
          ...(request.startIdx === undefined ? {} : { startIdx: request.startIdx }),
          ...(request.endIdx === undefined ? {} : { endIdx: request.endIdx }),
          maxOutputs: request.maxValues > 0 ? Math.min(request.maxValues, MOST_OUTPUTS) : MOST_OUTPUTS,
          waitMs: HELD_MS,
        },
        { untilMs },
      );
    try {
      let ready = await ask();
      while (ready.outputs.length === 0 && ready.unfinishedInputs > 0 && Date.now() < untilMs)
        ready = await ask();
      if (ready.outputs.some(({ outcome }) => outcome.kind !== 'success'))
        await itemsFirst(parts.bus, readers, request.functionCallId);
      const outputs = await Promise.all(ready.outputs.map((output) => itemOf(parts, workspaceId, output)));
      return {
        idxs: outputs.map(({ idx }) => idx),
        outputs,
        lastEntryId: `${ready.lastEntry}-0`,
        numUnfinishedInputs: ready.unfinishedInputs,
      };
    } catch (error) {
      if (!(error instanceof BusUnavailableError) || Date.now() < untilMs) throw error;
      return { idxs: [], outputs: [], lastEntryId: `${afterEntry}-0`, numUnfinishedInputs: 1 };
    }
  };
