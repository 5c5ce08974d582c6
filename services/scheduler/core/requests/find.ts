import type { CallId, WorkspaceId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { Call } from '../call/call.state.js';
import type { Engine } from '../engine.js';

/** Of another workspace is the same as not there: ids of strangers reveal nothing. */
export const owned = <Item extends { workspaceId: string }>(
  item: Item | undefined,
  workspaceId: string,
  what: string,
  id: string,
): Item => {
  if (item === undefined || item.workspaceId !== workspaceId)
    throw new RefusedError(refuse('not-found', `${what}-not-found`, `there is no ${what} ${id}`));
  return item;
};

/** A call that a request names, as it is at this moment. Throws not-found. */
export const callOf = (
  { state }: Engine,
  { callId, workspaceId }: Readonly<{ callId: CallId; workspaceId: WorkspaceId }>,
): Call => owned(state.calls.get(callId), workspaceId, 'function call', callId);
