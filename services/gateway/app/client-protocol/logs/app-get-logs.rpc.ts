import { LOGS_STREAM, type AppDone, type AppId, type LogBatch, type WorkspaceId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { abortWithin } from '@slipway/nest-kit';
import { TaskLogsBatch, type AppGetLogsRequest } from '@slipway/protocol';
import { LAST_LINES_WITHIN_MS } from '../../logs/follow-lines.js';
import { findLogSource, subjectsToFollow, type LogSource } from '../../logs/log-source.js';
import { FairTurns } from '../../streams/fair-turns.js';
import { readStream } from '../../streams/read-stream.js';
import { findTask } from '../../tasks/find-task.js';
import { pollUntil } from '../poll-time.js';
import type { StreamingRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { withPatience } from '../../with-patience.js';
import { idsOfSandbox } from '../sandboxes/sandbox-ids.js';
import { UnsaidCursor } from './unsaid-cursor.js';
import { endsTask, logBatchOf } from './log-batch.js';
import { readLogFilter } from './read-log-filter.js';

type Parts = Pick<RpcParts, 'bus' | 'activity'>;
/** A poll ends within a minute, and whose others it waits for are the caller's own. */
const FOLLOWERS = { atOnce: 2_000, ofOneKey: 200 };

/** `over`: nothing more will be said. */
type Followed = Readonly<{ source: LogSource; over: boolean }>;

/**
 * An app's output as it comes, or one container's, from the cursor on or from the beginning, in the order of the log.
 * The last batch of a stopped app, or of a container that is gone, says so; a stream that ends without it was not all, and the
 * client comes again with its cursor, the sequence of the stream LOGS.
 */
export const appGetLogs = (parts: Parts): StreamingRpc<'appGetLogs'> => {
  const turns = new FairTurns(FOLLOWERS);
  return async function* (request, call) {
    const { cancelled, caller } = call;
    const untilMs = pollUntil(request.timeout || Infinity);
    const { source, over } = await withPatience(
      () => findFollowed(parts, caller.workspaceId, request),
      () => cancelled.aborted,
    );
    const patience = abortWithin(untilMs - Date.now(), cancelled);
    const end = await turns
      .take(caller.workspaceId, patience.signal)
      .catch(() => undefined)
      .finally(patience.end);
    if (end === undefined) return;
    try {
      yield* batches(parts, request, { source, over }, { untilMs, cancelled });
    } finally {
      end();
    }
  };
};

async function* batches(
  { bus }: Parts,
  { lastEntryId }: AppGetLogsRequest,
  { source, over }: Followed,
  { untilMs, cancelled }: Readonly<{ untilMs: number; cancelled: AbortSignal }>,
): AsyncGenerator<TaskLogsBatch, void, undefined> {
  let allRead = false;
  const messages = readStream(bus.connection, {
    stream: LOGS_STREAM,
    subjects: subjectsToFollow(source),
    afterSequence: Number.parseInt(lastEntryId, 10) || 0,
    cameAhead: 'left',
    untilMs,
    cancelled,
    ...(over && { quiet: { ms: LAST_LINES_WITHIN_MS, reached: () => (allRead = true) } }),
  });
  const cursor = new UnsaidCursor();
  for await (const message of messages) {
    const said = message.json<LogBatch | AppDone>();
    const entryId = String(message.seq);
    if ('done' in said) {
      yield TaskLogsBatch.fromPartial({ entryId, appDone: true });
      return;
    }
    const batch = logBatchOf(said, entryId, source.filter);
    if (batch) yield batch;
    const passed = cursor.saw(entryId, batch !== undefined, Date.now());
    if (passed) yield passed;
    if (source.filter.taskId === said.taskId && endsTask(said)) {
      yield TaskLogsBatch.fromPartial({ entryId, appDone: true });
      return;
    }
  }
  const passed = cursor.rest();
  if (passed) yield passed;
  // The end marker of an app that stopped long ago may be gone.
  if (allRead) yield TaskLogsBatch.fromPartial({ appDone: true });
}

const findFollowed = async (
  parts: Parts,
  workspaceId: WorkspaceId,
  request: AppGetLogsRequest,
): Promise<Followed> => {
  const filter = readLogFilter(request, request.fileDescriptor);
  const task = filter.taskId === undefined ? undefined : await findTask(parts, workspaceId, filter.taskId);
  const appId = request.appId || task?.appId || (await appOfSandbox(parts, workspaceId, request.sandboxId));
  const source = await findLogSource(parts.bus, workspaceId, appId, filter);
  return { source, over: source.app.state === 'stopped' || task?.state === 'ended' };
};

const appOfSandbox = async ({ bus }: Parts, workspaceId: WorkspaceId, sandboxId: string): Promise<AppId> => {
  if (sandboxId === '')
    throw new RefusedError(
      refuse('invalid', 'app-missing', 'The request has neither app_id nor task_id nor sandbox_id.'),
    );
  const { callId } = idsOfSandbox(sandboxId);
  return (await bus.request('scheduler.get-call', { workspaceId, callId })).appId;
};
