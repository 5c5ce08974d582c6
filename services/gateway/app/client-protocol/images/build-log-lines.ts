import type { ImageId, WorkspaceId } from '@slipway/contracts';
import type { LogLine, TimeRange } from '@slipway/gateway-core';
import type { RpcParts } from '../rpc-parts.js';

/** Builds have no app: their logs are asked for by the image's id in its place (image-by-id.rpc.ts). */
export const isBuildLog = (appId: string): boolean => appId.startsWith('im-');

/** What the build of an image said in a span of time. */
export const buildLogLines = async (
  { bus }: Pick<RpcParts, 'bus'>,
  workspaceId: WorkspaceId,
  imageId: ImageId,
  { since, until }: TimeRange,
): Promise<readonly LogLine[]> => {
  const lines: LogLine[] = [];
  for (let afterEntry = 0; ;) {
    const { logs, lastEntry } = await bus.request('image-builder.await-image', {
      workspaceId,
      imageId,
      afterEntry,
      waitMs: 0,
      includeLogsOfFinished: true,
    });
    for (const { data, stream, at } of logs)
      if (at >= since && at < until) lines.push({ at, stream, data, functionId: '', taskId: '' });
    if (lastEntry === afterEntry) return lines;
    afterEntry = lastEntry;
  }
};
