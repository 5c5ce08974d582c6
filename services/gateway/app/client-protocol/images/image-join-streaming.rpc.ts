import { FileDescriptor, ImageJoinStreamingResponse } from '@slipway/protocol';
import { BusUnavailableError } from '@slipway/messaging';
import { HELD_MS, pollUntil } from '../poll-time.js';
import type { StreamingRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { imageResult } from './image-result.js';

const DESCRIPTORS = {
  stdout: FileDescriptor.STDOUT,
  stderr: FileDescriptor.STDERR,
  info: FileDescriptor.INFO,
} as const;

/** Follows a build: its log as it comes, then its result. Ends early when the time is over; the client then comes again. */
export const imageJoinStreaming = ({ bus }: Pick<RpcParts, 'bus'>): StreamingRpc<'imageJoinStreaming'> =>
  async function* (request, { caller }) {
    const untilMs = pollUntil(request.timeout);
    let afterEntry = Number(request.lastEntryId) || 0;
    do {
      const progress = await bus
        .park(
          'image-builder.await-image',
          {
            imageId: request.imageId,
            workspaceId: caller.workspaceId,
            afterEntry,
            waitMs: HELD_MS,
            includeLogsOfFinished: request.includeLogsForFinished,
          },
          { untilMs },
        )
        .catch((error: unknown) => {
          if (error instanceof BusUnavailableError) return undefined;
          throw error;
        });
      if (progress === undefined) return;
      afterEntry = progress.lastEntry;
      const ended = progress.state.status !== 'building';
      if (ended || progress.logs.length > 0)
        yield ImageJoinStreamingResponse.fromPartial({
          ...imageResult(progress.state),
          taskLogs: progress.logs.map(({ data, stream, at }) => ({
            data,
            fileDescriptor: DESCRIPTORS[stream],
            timestamp: at / 1000,
          })),
          entryId: String(afterEntry),
          eof: ended,
        });
      if (ended) return;
    } while (Date.now() < untilMs);
  };
