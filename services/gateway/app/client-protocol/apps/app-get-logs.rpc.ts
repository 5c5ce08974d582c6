import { LOGS_STREAM, type AppDone, type LogBatch } from '@slipway/contracts';
import { TaskLogsBatch } from '@slipway/protocol';
import { readStream } from '../../streams/read-stream.js';
import { pollUntil } from '../poll-time.js';
import type { StreamingRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { withPatience } from '../with-patience.js';
import { logBatchOf } from './log-batch.js';

/**
 * An app's output as it comes, from the cursor on or from the app's beginning, in the order of the log.
 * The last batch of a stopped app says so. The cursor is the sequence of the stream LOGS.
 */
export const appGetLogs = ({ bus }: Pick<RpcParts, 'bus'>): StreamingRpc<'appGetLogs'> =>
  async function* (request, call) {
    const { appId } = request;
    const { cancelled, caller } = call;
    const untilMs = pollUntil(request.timeout || Infinity);
    const getApp = () =>
      withPatience(
        () => bus.request('scheduler.get-app', { workspaceId: caller.workspaceId, appId }),
        () => cancelled.aborted,
      );
    const wasStopped = (await getApp()).state === 'stopped';
    const messages = readStream(bus.connection, {
      stream: LOGS_STREAM,
      subject: `logs.${appId}.>`,
      afterSequence: Number.parseInt(request.lastEntryId, 10) || 0,
      untilMs: wasStopped ? Date.now() + STOPPED_WAIT_MS : untilMs,
      cancelled,
    });
    for await (const message of messages) {
      const said = message.json<LogBatch | AppDone>();
      const entryId = String(message.seq);
      if ('done' in said) {
        yield TaskLogsBatch.fromPartial({ entryId, appDone: true });
        return;
      }
      const batch = logBatchOf(said, entryId, request);
      if (batch) yield batch;
    }
    // The end marker of an app that stopped long ago may be gone.
    if (wasStopped && !cancelled.aborted) yield TaskLogsBatch.fromPartial({ appDone: true });
  };

const STOPPED_WAIT_MS = 3_000;
