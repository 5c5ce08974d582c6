import type { CallId, WorkspaceId } from '@slipway/contracts';
import { GeneratorDone } from '@slipway/protocol';
import type { RpcParts } from '../rpc-parts.js';

/** How many items a generator yielded that has ended well; 0 before. Throws RefusedError where the workspace has no such call. */
export const itemsTotal = async (
  { bus }: Pick<RpcParts, 'bus'>,
  workspaceId: WorkspaceId,
  callId: CallId,
): Promise<number> => {
  const { outputs, unfinishedInputs } = await bus.request('scheduler.await-outputs', {
    ...{ callId, workspaceId },
    ...{ afterEntry: 0, maxOutputs: 1, waitMs: 0 },
  });
  const outcome = unfinishedInputs === 0 ? outputs[0]?.outcome : undefined;
  if (outcome?.dataFormat !== 'generator-done' || outcome.payload === undefined) return 0;
  return 'inline' in outcome.payload
    ? GeneratorDone.decode(Buffer.from(outcome.payload.inline, 'base64')).itemsTotal
    : 0;
};
