import { LOGS_STREAM, type AppDone, type AppId, type LogBatch, type WorkspaceId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { TaskLogsBatch, type AppGetLogsRequest } from '@slipway/protocol';
import { findLogSource, subjectsToFollow, type LogSource } from '../../logs/log-source.js';
import { readStream } from '../../streams/read-stream.js';
import { findTask } from '../../tasks/find-task.js';
import { pollUntil } from '../poll-time.js';
import type { StreamingRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { withPatience } from '../../with-patience.js';
import { endsTask, logBatchOf } from './log-batch.js';
import { readLogFilter } from './read-log-filter.js';

type Parts = Pick<RpcParts, 'bus' | 'activity'>;
/** `over`: nothing more will be said. */
type Followed = Readonly<{ source: LogSource; over: boolean }>;

/**
 * An app's output as it comes, or one container's, from the cursor on or from the beginning, in the order of the log.
 * The last batch of a stopped app, or of a container that is gone, says so. The cursor is the sequence of the stream LOGS.
 */
export const appGetLogs = (parts: Parts): StreamingRpc<'appGetLogs'> =>
  async function* (request, call) {
    const { cancelled, caller } = call;
    const untilMs = pollUntil(request.timeout || Infinity);
    const { source, over } = await withPatience(
      () => findFollowed(parts, caller.workspaceId, request),
      () => cancelled.aborted,
    );
    const messages = readStream(parts.bus.connection, {
      stream: LOGS_STREAM,
      subjects: subjectsToFollow(source),
      afterSequence: Number.parseInt(request.lastEntryId, 10) || 0,
      untilMs: over ? Date.now() + STOPPED_WAIT_MS : untilMs,
      cancelled,
    });
    for await (const message of messages) {
      const said = message.json<LogBatch | AppDone>();
      const entryId = String(message.seq);
      if ('done' in said) {
        yield TaskLogsBatch.fromPartial({ entryId, appDone: true });
        return;
      }
      const batch = logBatchOf(said, entryId, source.filter);
      if (batch) yield batch;
      if (source.filter.taskId === said.taskId && endsTask(said)) {
        yield TaskLogsBatch.fromPartial({ entryId, appDone: true });
        return;
      }
    }
    // The end marker of an app that stopped long ago may be gone.
    if (over && !cancelled.aborted) yield TaskLogsBatch.fromPartial({ appDone: true });
  };

const STOPPED_WAIT_MS = 3_000;

const findFollowed = async (
  parts: Parts,
  workspaceId: WorkspaceId,
  request: AppGetLogsRequest,
): Promise<Followed> => {
  const filter = readLogFilter(request, request.fileDescriptor);
  const task = filter.taskId === undefined ? undefined : await findTask(parts, workspaceId, filter.taskId);
  const appId = request.appId || task?.appId || missingApp();
  const source = await findLogSource(parts.bus, workspaceId, appId, filter);
  return { source, over: source.app.state === 'stopped' || task?.state === 'ended' };
};

const missingApp = (): AppId => {
  throw new RefusedError(refuse('invalid', 'app-missing', 'The request has neither app_id nor task_id.'));
};
