import type { FunctionId, WorkspaceId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { FunctionOptions } from '@slipway/protocol';
import { boundFunctionIdOf } from '../client-protocol/functions/ids.js';

/** The variant of a function that keeps to one version of its app; the same one as a client gets that binds these options itself. */
export const pinFunction = async (
  bus: Bus,
  workspaceId: WorkspaceId,
  functionId: FunctionId,
  version: number,
): Promise<FunctionId> => {
  const options = FunctionOptions.encode(FunctionOptions.fromPartial({ pinnedAppVersion: version })).finish();
  const boundFunctionId = boundFunctionIdOf(functionId, new Uint8Array(), options);
  await bus.request('scheduler.bind-function', {
    functionId,
    boundFunctionId,
    workspaceId,
    overrides: {},
    pinnedVersion: version,
  });
  return boundFunctionId;
};
